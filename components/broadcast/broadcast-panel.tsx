'use client'

import type { BroadcastEdit, BroadcastState, NewBroadcast } from '#channels/broadcast'
import type { UserRef } from '#channels/user'
import type { FirstPaint, Refused } from '#channels/wire'
import { Panel } from '#components/ui/panel'
import { BroadcastForm } from './broadcast-form'
import { DeskList } from './desk-list'
import { useDesk } from './use-desk'

interface BroadcastPanelProps {
  people: UserRef[]
  initial: FirstPaint<BroadcastState>
  announce: (input: NewBroadcast) => Promise<Refused | undefined>
  edit: (id: string, input: BroadcastEdit) => Promise<Refused | undefined>
  withdraw: (id: string) => Promise<Refused | undefined>
}

export function BroadcastPanel({ people, initial, announce, edit, withdraw }: BroadcastPanelProps) {
  const { entries } = useDesk(initial)
  const now = entries.filter(({ stage }) => stage === 'planned' || stage === 'standing')
  const before = entries.filter(({ stage }) => stage === 'over' || stage === 'withdrawn')

  return (
    <>
      <Panel
        title="New broadcast"
        about="It appears on every open screen of its audience at once, and on those that open later."
      >
        <BroadcastForm people={people} announce={announce} />
      </Panel>
      <Panel title="Standing and planned" about="What people see now or will see, and how many it has reached.">
        <DeskList entries={now} empty="Nothing is being broadcast" edit={edit} withdraw={withdraw} />
      </Panel>
      <Panel title="History" about="The last of what was broadcast before.">
        <DeskList entries={before} empty="Nothing was broadcast before" edit={edit} withdraw={withdraw} />
      </Panel>
    </>
  )
}
