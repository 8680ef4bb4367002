import { type Audience, type Broadcast, broadcasts, type Entry, personRoom } from '#channels/broadcast'
import type { Prisma } from '#server/db/generated/client'
import type { Transaction } from '#server/db/transaction'

/** What is read of a broadcast wherever one is read. */
export const broadcastRow = {
  id: true,
  version: true,
  text: true,
  severity: true,
  role: true,
  at: true,
  startsAt: true,
  expiresAt: true,
  countsTo: true,
  dismissible: true,
  mustAcknowledge: true,
  announcedAt: true,
  editedAt: true,
  withdrawnAt: true,
  author: { select: { name: true } },
  person: { select: { id: true, name: true } },
} satisfies Prisma.BroadcastSelect

export type BroadcastRow = Prisma.BroadcastGetPayload<{ select: typeof broadcastRow }>

export function toBroadcast(row: BroadcastRow): Broadcast {
  const { id, version, text, severity, author, dismissible, mustAcknowledge, person } = row
  return {
    id,
    version,
    text,
    severity,
    audience: audienceOf(row),
    to: person,
    author: author.name,
    at: row.at.getTime(),
    startsAt: row.startsAt.getTime(),
    expiresAt: row.expiresAt?.getTime() ?? null,
    countsTo: row.countsTo?.getTime() ?? null,
    dismissible,
    mustAcknowledge,
    editedAt: row.editedAt?.getTime() ?? null,
  }
}

export function toEntry(row: BroadcastRow): Entry {
  return { ...toBroadcast(row), withdrawnAt: row.withdrawnAt?.getTime() ?? null }
}

/** Shows the admins what has become of a broadcast; last in the transaction that changed it. */
export function tellDesk(tx: Transaction, row: BroadcastRow): void {
  tx.publish(broadcasts, 'desk', 'kept', toEntry(row))
}

function audienceOf({ role, person }: Pick<BroadcastRow, 'role' | 'person'>): Audience {
  return person ? personRoom(person.id) : (role ?? 'all')
}

/** The columns that say whom it is for. */
export function audienceColumns(audience: Audience): { role: 'admin' | 'member' | null; personId: string | null } {
  if (audience === 'all') return { role: null, personId: null }
  if (audience === 'admin' || audience === 'member') return { role: audience, personId: null }
  return { role: null, personId: audience.slice('person-'.length) }
}
