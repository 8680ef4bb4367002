'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import type { SignInWait } from '#channels/session'
import { Button } from '#components/ui/button'
import { Spinner } from '#components/ui/spinner'
import { PlaceLine } from './held-notice'
import type { SignIn } from './use-sign-in'
import { useWait } from './use-wait'

export interface WaitingPanelProps {
  wait: SignInWait
  signIn: SignIn
  /** How it stands now; null when there is nothing to wait for any more. */
  askWait: () => Promise<SignInWait | null>
  endWait: () => Promise<void>
}

/** In the place of the form, while the old session is asked. */
export function WaitingPanel({ wait, signIn, askWait, endWait }: WaitingPanelProps) {
  const seconds = useWait(wait, signIn.attempt, askWait)
  const { refresh } = useRouter()
  const [giving, startGiving] = useTransition()

  return (
    <section aria-labelledby="waiting" className="grid gap-4 rounded-md border border-line bg-panel p-4">
      <div role="status" className="grid gap-1.5">
        <h2 id="waiting" className="flex items-center gap-2 text-md font-semibold">
          <Spinner className="text-ink-3" />
          Waiting for your other session
        </h2>
        <div className="text-sm text-ink-2">{wait.place && <PlaceLine {...wait.place} />}</div>
        <p className="text-sm text-ink-2">
          It is asked to give way.
          {/* Counts for the eye; a screen reader hears the whole time once, not every second. */}
          <span className="sr-only"> Without an answer you come in within 20 seconds.</span>
        </p>
      </div>
      <p aria-hidden className="text-sm text-ink-2 tabular-nums">
        {seconds === 0 ? 'You are let in now.' : `Without an answer you come in, in ${seconds} s.`}
      </p>
      <div>
        <Button
          busy={giving}
          onClick={() =>
            startGiving(async () => {
              await endWait().catch(() => {})
              refresh()
            })
          }
        >
          Stop waiting
        </Button>
      </div>
    </section>
  )
}
