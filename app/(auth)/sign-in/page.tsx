import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { EndedNotice } from '#components/shell/ended-notice'
import { SignInPanel } from '#components/sign-in/sign-in-panel'
import { SignInScreen } from '#components/sign-in/sign-in-screen'
import { demonstrationPassword, demonstrationPeople } from '#server/auth/demonstration'
import { currentSession, endedSession } from '#server/auth/guard'
import { safeReturnTo } from '#server/auth/return-to'
import { currentWait } from '#server/auth/waiting'
import { container } from '#server/container'
import { askWait, endWait } from './actions'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const returnTo = safeReturnTo((await searchParams).returnTo)
  if (await currentSession()) redirect(returnTo)
  const [ended, wait] = await Promise.all([endedSession(), currentWait()])
  const demonstration = container().env.demo
    ? { demoPeople: [...demonstrationPeople], demoPassword: demonstrationPassword }
    : { demoPeople: null }
  return (
    <SignInScreen>
      {ended && !wait && <EndedNotice {...ended} />}
      <SignInPanel {...demonstration} returnTo={returnTo} wait={wait} askWait={askWait} endWait={endWait} />
    </SignInScreen>
  )
}
