import { useEffect, useState } from 'react'
import { remember, type StripChoice, stripChoiceOf, stripCookie } from './choice.ts'

const event = 'ticker-strip'

/** What becomes of the strip: the same for all who ask on this page, and remembered for this person. */
export function useStripChoice(userId: string, initial: StripChoice): [StripChoice, (choice: StripChoice) => void] {
  const [choice, setChoice] = useState(initial)
  useEffect(() => {
    const hear = (told: Event) => {
      if (told instanceof CustomEvent) setChoice(stripChoiceOf(String(told.detail)))
    }
    window.addEventListener(event, hear)
    return () => window.removeEventListener(event, hear)
  }, [])
  function choose(next: StripChoice) {
    remember(stripCookie(userId), next)
    window.dispatchEvent(new CustomEvent(event, { detail: next }))
  }
  return [choice, choose]
}
