import { Megaphone } from 'lucide-react'
import type { BroadcastEdit } from '#channels/broadcast'
import type { Refused } from '#channels/wire'
import { EmptyState } from '#components/ui/empty-state'
import { DeskRow } from './desk-row'
import type { DeskEntry } from './use-desk'

export interface DeskListProps {
  entries: DeskEntry[]
  empty: string
  edit: (id: string, input: BroadcastEdit) => Promise<Refused | undefined>
  withdraw: (id: string) => Promise<Refused | undefined>
}

export function DeskList({ entries, empty, edit, withdraw }: DeskListProps) {
  if (entries.length === 0) {
    return (
      <EmptyState icon={<Megaphone />} title={empty}>
        Write a message above. It is listed here for as long as it holds, and in the history after.
      </EmptyState>
    )
  }
  return (
    <ul className="-my-3 divide-y divide-line">
      {entries.map((entry) => (
        <DeskRow key={entry.id} entry={entry} edit={edit} withdraw={withdraw} />
      ))}
    </ul>
  )
}
