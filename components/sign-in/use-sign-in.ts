'use client'

import { useRouter } from 'next/navigation'
import { getCsrfToken, signIn } from 'next-auth/react'
import { useCallback, useState } from 'react'
import { readFailure, type SignInFailure } from './sign-in-failure'

/** A name and a password, or the word that this browser has waited: what it waits for is in a cookie. */
export type Credentials = { username: string; password: string } | { waiting: 'yes' }

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

/** The server has more to say of these, to whoever holds the cookie it just set. */
const onPage = new Set<SignInFailure['code']>(['waiting', 'held', 'kept'])

/** `pending` is the name being signed in; it stays on success, until the next page is there. */
export function useSignIn(returnTo: string) {
  const { refresh } = useRouter()
  const [pending, setPending] = useState<string>()
  const [failure, setFailure] = useState<SignInFailure>()

  const attempt = useCallback(
    async (credentials: Credentials): Promise<SignInFailure | undefined> => {
      setPending('username' in credentials ? credentials.username : 'waiting')
      setFailure(undefined)
      const failed = await tryToSignIn(credentials)
      if (!failed) {
        // A full load: only a new request carries the cookies that were just set.
        window.location.assign(within(returnTo))
        return undefined
      }
      setPending(undefined)
      if (onPage.has(failed.code)) refresh()
      else setFailure(failed)
      return failed
    },
    [returnTo, refresh],
  )

  const forget = useCallback(() => setFailure(undefined), [])
  return { pending, failure, attempt, forget }
}

export type SignIn = ReturnType<typeof useSignIn>
