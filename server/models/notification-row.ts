import { id } from '#channels/id'
import type { Notification, NotificationKind } from '#channels/notification'
import { container } from '#server/container'
import type { NotificationKind as StoredKind } from '#server/db/generated/client'
import type { Transaction } from '#server/db/transaction'

export const row = {
  id: true,
  kind: true,
  title: true,
  body: true,
  href: true,
  at: true,
  readAt: true,
  archivedAt: true,
} as const

interface Row {
  id: string
  kind: StoredKind
  title: string
  body: string
  href: string | null
  at: Date
  readAt: Date | null
  archivedAt: Date | null
}

export function fromRow({ id: key, kind, title, body, href, at, readAt, archivedAt }: Row): Notification {
  const marks = { read: readAt !== null, archived: archivedAt !== null }
  return { id: id.parse(key), kind: fromStored(kind), title, body, href, at: at.getTime(), ...marks }
}

/** What a name in the generated client may be called differs from what is stored and travels. */
export function fromStored(kind: StoredKind): NotificationKind {
  return kind === 'sign_in' ? 'sign-in' : kind
}

export function toStored(kind: NotificationKind): StoredKind {
  return kind === 'sign-in' ? 'sign_in' : kind
}

/** The count that every tab shows: unread, and still in the inbox. */
export function countUnread(userId: string, client: Pick<Transaction, 'notification'> = prisma()): Promise<number> {
  return client.notification.count({ where: { userId, readAt: null, archivedAt: null } })
}

function prisma() {
  return container().database.prisma
}
