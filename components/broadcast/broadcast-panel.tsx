'use client'

import type { AudienceRooms, NewBroadcast } from '#channels/broadcast'
import type { Refused } from '#channels/wire'
import { Panel } from '#components/ui/panel'
import { BroadcastForm } from './broadcast-form'
import { StandingBroadcasts } from './standing-broadcasts'
import { useStandingBroadcasts } from './use-broadcast'

interface BroadcastPanelProps {
  initial: AudienceRooms
  announce: (input: NewBroadcast) => Promise<Refused | undefined>
  withdraw: (id: string) => Promise<Refused | undefined>
}

export function BroadcastPanel({ initial, announce, withdraw }: BroadcastPanelProps) {
  const standing = useStandingBroadcasts(initial)

  return (
    <>
      <Panel
        title="New broadcast"
        about="It appears on every open screen of its audience at once, and on those that open later."
      >
        <BroadcastForm announce={announce} />
      </Panel>
      <Panel title="Standing" about="What people see now, until it expires or you withdraw it.">
        <StandingBroadcasts standing={standing} withdraw={async (id) => (await withdraw(id))?.message} />
      </Panel>
    </>
  )
}
