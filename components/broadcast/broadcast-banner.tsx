'use client'

import { Info, OctagonAlert, TriangleAlert, X } from 'lucide-react'
import { toast } from 'sonner'
import type { Broadcast, BroadcastRooms } from '#channels/broadcast'
import type { Role, UserRef } from '#channels/user'
import { IconButton } from '#components/ui/icon-button'
import { audienceWords, severityWords } from './broadcast-words'
import { useBroadcasts } from './use-broadcast'

const looks = {
  info: { Icon: Info, row: 'bg-accent-soft', ink: 'text-accent' },
  warning: { Icon: TriangleAlert, row: 'bg-warn-soft', ink: 'text-warn' },
  danger: { Icon: OctagonAlert, row: 'bg-danger-soft', ink: 'text-danger' },
}

/** On top of every page: what holds for this person, until it expires, is withdrawn or dismissed. */
export function BroadcastBanner({ me, initial }: { me: UserRef & { role: Role }; initial: BroadcastRooms }) {
  const { shown, dismiss } = useBroadcasts(me, initial)

  function hide(id: string) {
    dismiss(id).catch(() =>
      toast.error('The message was not dismissed.', { description: 'Try again when the line is back.' }),
    )
  }

  return (
    <div role="status" aria-label="Broadcasts" className="max-h-[40dvh] shrink-0 overflow-y-auto">
      {shown.map((broadcast) => (
        <BroadcastRow key={broadcast.id} broadcast={broadcast} onDismiss={() => hide(broadcast.id)} />
      ))}
    </div>
  )
}

function BroadcastRow({ broadcast, onDismiss }: { broadcast: Broadcast; onDismiss: () => void }) {
  const { severity, text, author, audience } = broadcast
  const { Icon, row, ink } = looks[severity]
  return (
    <div
      className={`flex animate-appear items-start gap-2.5 border-b border-line py-1.5 pr-2 pl-4 text-sm wide:pl-5 ${row}`}
    >
      <Icon aria-hidden className={`mt-1.5 size-4 shrink-0 ${ink}`} />
      <p className="min-w-0 flex-1 py-1 break-words whitespace-pre-wrap">
        <b className={`font-medium ${ink}`}>{severityWords[severity]}.</b> {text}{' '}
        <span className="text-ink-2">
          From {author}, to {audienceWords[audience]}.
        </span>
      </p>
      <IconButton label="Dismiss" icon={<X aria-hidden />} onClick={onDismiss} />
    </div>
  )
}
