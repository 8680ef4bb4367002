import type { Message } from '#channels/chat'
import type { UserRef } from '#channels/user'
import { LinkedText } from './linked-text'
import type { Unconfirmed } from './outbox'
import { Quote } from './quote'
import { bodyText, RowFrame, rowGrid } from './row-frame'

interface UnconfirmedRowProps {
  me: UserRef
  entry: Unconfirmed
  quoted: Message | undefined
  onJump: (number: number) => void
  onSendAgain: () => void
  onDiscard: () => void
}

/** One of one's own on its way, or not sent, and why. */
export function UnconfirmedRow({ me, entry, quoted, onJump, onSendAgain, onDiscard }: UnconfirmedRowProps) {
  const { body, replyTo, failure } = entry
  return (
    <li data-state={failure ? 'failed' : 'pending'} className={`px-4 pt-2.5 pb-0.5 wide:px-6 ${rowGrid}`}>
      <RowFrame name={me.name} note="you" when={failure ? 'not sent' : 'sending'}>
        {replyTo !== null && <Quote number={replyTo} quoted={quoted} active onJump={onJump} />}
        <div className={`${bodyText} ${failure ? '' : 'text-ink-3'}`}>
          <LinkedText text={body} />
        </div>
        {failure && (
          <p role="alert" className="text-xs text-danger">
            Not sent: {failure.charAt(0).toLowerCase() + failure.slice(1)}{' '}
            <button type="button" className="target underline underline-offset-2" onClick={onSendAgain}>
              Send again
            </button>{' '}
            <button type="button" className="target underline underline-offset-2" onClick={onDiscard}>
              Discard
            </button>
          </p>
        )}
      </RowFrame>
    </li>
  )
}
