import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { SignInWait } from '#channels/session'
import { useNow } from '#components/ui/use-now.ts'
import type { SignIn } from './use-sign-in'

/** Milliseconds. */
const askEvery = 1_000

/**
 * Asks the server once a second how the waiting stands, and goes in when it may. Not told by a push: whoever waits has
 * no session, and so no line. Answers the whole seconds left, by what the server last said.
 */
export function useWait(
  given: SignInWait,
  attempt: SignIn['attempt'],
  askWait: () => Promise<SignInWait | null>,
): number {
  const { refresh } = useRouter()
  const [until, setUntil] = useState(() => Date.now() + given.left)
  const now = useNow(true, 250)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let left = false
    const look = async () => {
      // A server that restarts is asked again.
      const wait = await askWait().catch(() => undefined)
      if (left) return
      if (wait === null || wait?.is === 'kept') return refresh()
      if (wait) setUntil(Date.now() + wait.left)
      if (wait?.is === 'open' && !(await attempt({ waiting: 'yes' }))) return
      if (!left) timer = setTimeout(() => void look(), askEvery)
    }
    timer = setTimeout(() => void look(), given.is === 'open' ? 0 : askEvery)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [given.is, attempt, askWait, refresh])

  return Math.max(0, Math.ceil((until - now) / 1_000))
}
