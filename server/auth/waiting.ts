import { cookies } from 'next/headers'
import type { SignInWait } from '#channels/session'
import { withdrawRequest } from '#server/models/sign-in-request'
import { readHolder, readWait } from '#server/models/sign-in-wait'
import { readWaitingCookie, waitingCookieName } from './waiting-cookie'

/** For the sign-in page: what this browser waits for, or why it was not let in although the password was right. */
export async function currentWait(): Promise<SignInWait | null> {
  const waiting = await readWaitingCookie((await cookies()).get(waitingCookieName)?.value)
  if (!waiting) return null
  return waiting.is === 'held' ? readHolder(waiting.id) : readWait(waiting.id)
}

/** For a server action: gives the waiting up, or has read why it was in vain. */
export async function endWait(): Promise<void> {
  const held = await cookies()
  const waiting = await readWaitingCookie(held.get(waitingCookieName)?.value)
  if (waiting?.is === 'waiting') await withdrawRequest(waiting.id)
  held.delete(waitingCookieName)
}
