'use client'

import { useState } from 'react'
import type { SessionPaint, SignInAnswer } from '#channels/session'
import type { UserRef } from '#channels/user'
import { EndedPlaceList } from '#components/shell/ended-place'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { useSignInAsk } from './use-sign-in-ask'

/** Asks, over every page of the old session, whether it keeps its place. It can only be answered, not closed. */
export function SignInAskDialog({ me, initial }: { me: UserRef; initial: SessionPaint }) {
  const { ask, seconds, others, answer } = useSignInAsk(me.id, initial)
  const [busy, setBusy] = useState<SignInAnswer>()
  const [failed, setFailed] = useState(false)
  if (!ask) return null

  async function say(said: SignInAnswer) {
    setBusy(said)
    setFailed(
      await answer(said).then(
        () => false,
        () => true,
      ),
    )
    setBusy(undefined)
  }

  return (
    <Dialog
      role="alertdialog"
      open
      onOpenChange={() => {}}
      title={`${me.name} is signing in elsewhere`}
      description="You are on one device at a time. Keep your place here, or give way to the new one; this session then ends."
    >
      <EndedPlaceList at={ask.at} by={ask} />
      <p className="min-h-10 text-sm text-ink-2">
        Without an answer you give way
        {/* Counts for the eye; a screen reader hears the whole time once, not every second. */}
        <span className="sr-only"> within 20 seconds.</span>
        <span aria-hidden className="tabular-nums">
          {seconds === undefined ? '.' : ` in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`}
        </span>
        {others > 0 && ` ${others} more ${others === 1 ? 'waits' : 'wait'} behind this one.`}
      </p>
      {failed && (
        <Notice tone="danger" role="alert">
          Your answer did not get there, or was too late. Try again.
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="primary" busy={busy === 'kept'} disabled={busy === 'yielded'} onClick={() => void say('kept')}>
          Keep my place
        </Button>
        <Button busy={busy === 'yielded'} disabled={busy === 'kept'} onClick={() => void say('yielded')}>
          Give way
        </Button>
      </div>
    </Dialog>
  )
}
