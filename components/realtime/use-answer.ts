import { useEffect, useState } from 'react'
import { failureOf } from './failure'

interface Asked<Answer> {
  answer: Answer | undefined
  /** Why there is none, in words for the person. */
  failure: string | undefined
  again(): void
}

/** What a call answers: asked for when this mounts, when `ask` is another one, and once more with `again`. */
export function useAnswer<Answer>(ask: (() => Promise<Answer>) | undefined): Asked<Answer> {
  const [answer, setAnswer] = useState<Answer>()
  const [failure, setFailure] = useState<string>()
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    let over = false
    setFailure(undefined)
    ask?.().then(
      (found) => over || setAnswer(() => found),
      (error: unknown) => over || setFailure(failureOf(error)),
    )
    return () => {
      over = true
    }
  }, [ask, turn])
  return { answer, failure, again: () => setTurn((before) => before + 1) }
}
