import { Info, OctagonAlert, TriangleAlert, X } from 'lucide-react'
import type { Broadcast } from '#channels/broadcast'
import { Button } from '#components/ui/button'
import { IconButton } from '#components/ui/icon-button'
import { audienceWords, severityWords } from './broadcast-words'
import { Countdown } from './countdown'

const looks = {
  info: { Icon: Info, row: 'bg-accent-soft', ink: 'text-accent' },
  warning: { Icon: TriangleAlert, row: 'bg-warn-soft', ink: 'text-warn' },
  danger: { Icon: OctagonAlert, row: 'bg-danger-soft', ink: 'text-danger' },
}

interface BroadcastRowProps {
  broadcast: Broadcast
  onDismiss: () => void
  onAcknowledge: () => void
}

/** One broadcast of the banner. */
export function BroadcastRow({ broadcast, onDismiss, onAcknowledge }: BroadcastRowProps) {
  const { severity, text, author, countsTo, dismissible, mustAcknowledge, editedAt } = broadcast
  const { Icon, row, ink } = looks[severity]
  return (
    <div
      className={`flex animate-appear items-start gap-2.5 border-b border-line py-1.5 pr-2 pl-4 text-sm wide:pl-5 ${row}`}
    >
      <Icon aria-hidden className={`mt-1.5 size-4 shrink-0 ${ink}`} />
      <p className="min-w-0 flex-1 py-1 break-words whitespace-pre-wrap">
        <b className={`font-medium ${ink}`}>{severityWords[severity]}.</b> {text}{' '}
        {countsTo !== null && (
          <>
            <Countdown to={countsTo} />{' '}
          </>
        )}
        <span className="text-ink-2">
          From {author}, to {audienceWords(broadcast)}
          {editedAt !== null && ', edited'}.
        </span>
      </p>
      {mustAcknowledge ? (
        <Button size="sm" onClick={onAcknowledge}>
          I have read it
        </Button>
      ) : (
        dismissible && <IconButton label="Dismiss" icon={<X aria-hidden />} onClick={onDismiss} />
      )}
    </div>
  )
}
