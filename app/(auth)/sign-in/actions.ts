'use server'

import type { SignInWait } from '#channels/session'
import * as waiting from '#server/auth/waiting'

/** For whoever holds the cookie of a waiting sign-in; anybody else is told nothing. */
export async function askWait(): Promise<SignInWait | null> {
  return waiting.currentWait()
}

export async function endWait(): Promise<void> {
  await waiting.endWait()
}
