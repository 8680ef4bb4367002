import { useState } from 'react'
import type { Challenge } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import { Button } from '#components/ui/button'
import type { Lobby } from './use-lobby'

interface AnswerButtonsProps {
  me: UserRef
  challenge: Pick<Challenge, 'id' | 'challenger' | 'invited'>
  lobby: Lobby
}

/** What this person can do with a challenge, and why it did not work. */
export function AnswerButtons({
  me,
  challenge: { id, challenger, invited },
  lobby: { ask, status },
}: AnswerButtonsProps) {
  const [busy, setBusy] = useState<'accept' | 'decline' | 'withdraw'>()
  const [silent, setSilent] = useState(false)
  const [failure, setFailure] = useState<string>()
  const mine = challenger.id === me.id

  function run(verb: 'accept' | 'decline' | 'withdraw') {
    if (busy) return
    setBusy(verb)
    void ask(verb, { id }, () => setSilent(true)).then((failed) => {
      setBusy(undefined)
      setSilent(false)
      setFailure(failed)
    })
  }
  const button = (verb: 'accept' | 'decline' | 'withdraw') => ({
    size: 'sm' as const,
    busy: busy === verb,
    disabled: status !== 'joined',
    onClick: () => run(verb),
  })
  return (
    <div className="grid justify-items-end gap-1">
      <div className="flex flex-wrap gap-2">
        {mine ? (
          <Button {...button('withdraw')}>Withdraw</Button>
        ) : (
          <>
            <Button {...button('accept')} variant="primary">
              Accept
            </Button>
            {invited?.id === me.id && <Button {...button('decline')}>Decline</Button>}
          </>
        )}
      </div>
      {silent ? (
        <p role="alert" className="text-xs text-warn">
          No answer came. Asking again …
        </p>
      ) : (
        failure && (
          <p role="alert" className="text-xs text-danger">
            {failure}
          </p>
        )
      )}
    </div>
  )
}
