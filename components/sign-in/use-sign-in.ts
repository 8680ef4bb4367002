'use client'

import { getCsrfToken, signIn } from 'next-auth/react'
import { useCallback, useState } from 'react'
import { readFailure, type SignInFailure } from './sign-in-failure'

export interface Credentials {
  username: string
  password: string
}

async function tryToSignIn(credentials: Credentials): Promise<SignInFailure | undefined> {
  try {
    // Asked first, because without an answer signIn() would leave for next-auth's own error page.
    if (!(await getCsrfToken())) return { code: 'unreachable' }
    const result = await signIn('credentials', { ...credentials, redirect: false })
    if (result?.ok && !result.error) return undefined
    return readFailure(result?.error ?? '')
  } catch {
    return { code: 'unreachable' }
  }
}

/** Never to another site, whatever the address of the sign-in page says. */
function within(returnTo: string): string {
  const target = new URL(returnTo, window.location.origin)
  return target.origin === window.location.origin ? target.href : '/'
}

/** `pending` is the name being signed in; it stays on success, until the next page is there. */
export function useSignIn(returnTo: string) {
  const [pending, setPending] = useState<string>()
  const [failure, setFailure] = useState<SignInFailure>()

  async function attempt(credentials: Credentials): Promise<SignInFailure | undefined> {
    setPending(credentials.username)
    setFailure(undefined)
    const failed = await tryToSignIn(credentials)
    if (!failed) {
      // A full load: only a new request carries the cookies that were just set.
      window.location.assign(within(returnTo))
      return undefined
    }
    setPending(undefined)
    setFailure(failed)
    return failed
  }

  const forget = useCallback(() => setFailure(undefined), [])
  return { pending, failure, attempt, forget }
}
