import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { EndedNotice } from '#components/shell/ended-notice'
import { SignInForm } from '#components/sign-in/sign-in-form'
import { SignInScreen } from '#components/sign-in/sign-in-screen'
import { demonstrationPassword, demonstrationPeople } from '#server/auth/demonstration'
import { currentSession, endedSession } from '#server/auth/guard'
import { safeReturnTo } from '#server/auth/return-to'
import { container } from '#server/container'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const returnTo = safeReturnTo((await searchParams).returnTo)
  if (await currentSession()) redirect(returnTo)
  const ended = await endedSession()
  const demonstration = container().env.demo && { people: [...demonstrationPeople], password: demonstrationPassword }
  return (
    <SignInScreen>
      {ended && <EndedNotice {...ended} />}
      <SignInForm
        demoPeople={demonstration ? demonstration.people : null}
        demoPassword={demonstration ? demonstration.password : undefined}
        returnTo={returnTo}
      />
    </SignInScreen>
  )
}
