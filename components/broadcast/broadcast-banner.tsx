'use client'

import { toast } from 'sonner'
import type { BroadcastRooms } from '#channels/broadcast'
import type { Role, UserRef } from '#channels/user'
import { BroadcastRow } from './broadcast-row'
import { useBroadcasts } from './use-broadcast'

/** On top of every page: what holds for this person, until it expires, is withdrawn, dismissed or acknowledged. */
export function BroadcastBanner({ me, initial }: { me: UserRef & { role: Role }; initial: BroadcastRooms }) {
  const { shown, dismiss, acknowledge } = useBroadcasts(me, initial)

  function attempt(what: Promise<void>, failed: string) {
    what.catch(() => toast.error(failed, { description: 'Try again when the line is back.' }))
  }

  return (
    <div role="status" aria-label="Broadcasts" className="max-h-[40dvh] shrink-0 overflow-y-auto">
      {shown.map((broadcast) => (
        <BroadcastRow
          key={broadcast.id}
          broadcast={broadcast}
          onDismiss={() => attempt(dismiss(broadcast.id), 'The message was not dismissed.')}
          onAcknowledge={() => attempt(acknowledge(broadcast.id), 'The message was not acknowledged.')}
        />
      ))}
    </div>
  )
}
