'use client'

import { useRouter } from 'next/navigation'
import type { Broadcast, NewBroadcast } from '#channels/broadcast'
import type { Refused } from '#channels/wire'
import { Panel } from '#components/ui/panel'
import { BroadcastForm } from './broadcast-form'
import { StandingBroadcasts } from './standing-broadcasts'

interface BroadcastPanelProps {
  standing: Broadcast[]
  announce: (input: NewBroadcast) => Promise<Refused | undefined>
  withdraw: (id: string) => Promise<Refused | undefined>
}

export function BroadcastPanel({ standing, announce, withdraw }: BroadcastPanelProps) {
  const router = useRouter()

  async function withdrawOne(id: string) {
    const refused = await withdraw(id)
    // Someone else may have withdrawn it: the list says what is true now.
    router.refresh()
    return refused?.message
  }

  return (
    <>
      <Panel
        title="New broadcast"
        about="It appears on every open screen of its audience at once, and on those that open later."
      >
        <BroadcastForm announce={announce} />
      </Panel>
      <Panel title="Standing" about="What people see now, until it expires or you withdraw it.">
        <StandingBroadcasts standing={standing} withdraw={withdrawOne} />
      </Panel>
    </>
  )
}
