import { useSearchParams } from 'next/navigation'
import { useEffect } from 'react'

/** Goes to the message that the address asks for (`?message=12`), and takes that out of it: a reload is at the newest. */
export function useLinkedMessage(onJump: (number: number) => void): void {
  const number = Number(useSearchParams().get('message') ?? 0)
  useEffect(() => {
    if (!Number.isInteger(number) || number < 1) return
    onJump(number)
    window.history.replaceState(null, '', window.location.pathname)
  }, [number, onJump])
}
