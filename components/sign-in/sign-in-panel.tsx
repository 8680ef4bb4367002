'use client'

import type { SignInWait } from '#channels/session'
import type { DemoPerson } from './demo-people'
import { HeldNotice } from './held-notice'
import { SignInForm } from './sign-in-form'
import { useSignIn } from './use-sign-in'
import { WaitingPanel, type WaitingPanelProps } from './waiting-panel'

interface SignInPanelProps extends Pick<WaitingPanelProps, 'askWait' | 'endWait'> {
  demoPeople: DemoPerson[] | null
  demoPassword?: string
  /** The path to go to afterwards. */
  returnTo: string
  /** What this browser waits for, or why it was not let in: as its cookie says, so that a reload changes nothing. */
  wait: SignInWait | null
}

export function SignInPanel({ wait, askWait, endWait, returnTo, ...form }: SignInPanelProps) {
  const signIn = useSignIn(returnTo)
  if (wait?.is === 'waiting' || wait?.is === 'open') {
    return <WaitingPanel wait={wait} signIn={signIn} askWait={askWait} endWait={endWait} />
  }
  return (
    <>
      {wait && <HeldNotice is={wait.is} place={wait.place} />}
      <SignInForm {...form} signIn={signIn} />
    </>
  )
}
