import { cache } from 'react'
import type { Id } from '#channels/id'
import {
  type InboxFilter,
  type InboxPage,
  type InboxPlace,
  inboxLength,
  type Notification,
  type NotificationPaint,
  type NotificationState,
  notifications,
  type Preference,
} from '#channels/notification'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import type { Transaction } from '#server/db/transaction'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'
import { readPreferences } from './notification-preference'
import { countUnread, fromRow, row, toStored } from './notification-row'

type Actor = LiveSession['user']
interface Read {
  entries: Notification[]
  unread: number
  preferences: Preference[]
}

/**
 * For the first paint of every page: the count stands in the navigation. Once per request: a page that reads a list
 * after this reads nothing older than the position from which the tab joins, and what comes later is pushed.
 */
export const openNotifications = cache(
  (actor: Actor): Promise<NotificationPaint> => firstPaint(notifications, actor.id, () => readInbox(actor)),
)

/** What a tab begins with. */
export async function readInbox(actor: Actor): Promise<NotificationState> {
  const asOf = Date.now()
  const [{ entries }, unread, preferences] = await Promise.all([
    readPage(actor, { state: 'inbox' }),
    countUnread(actor.id),
    readPreferences(actor),
  ])
  return { asOf, unread, preferences, entries, swept: null }
}

/** These entries as they are now; refuses with `not-found` when one of them is none of this person's. */
export async function readNotifications(actor: Actor, { ids }: { ids: Id[] }): Promise<Read> {
  const [entries, unread, preferences] = await Promise.all([
    findOwn(actor, ids),
    countUnread(actor.id),
    readPreferences(actor),
  ])
  return { entries, unread, preferences }
}

/** Refuses with `not-found` unless all are of this person; answers them newest first. */
export async function findOwn(
  actor: Actor,
  ids: Id[],
  client: Pick<Transaction, 'notification'> = container().database.prisma,
): Promise<Notification[]> {
  const wanted = [...new Set(ids)]
  const where = { userId: actor.id, id: { in: wanted } }
  const found = await client.notification.findMany({ where, orderBy: newestFirst, select: row })
  if (found.length < wanted.length) refuse('not-found', 'There is no such notification.')
  return found.map(fromRow)
}

/** One page of what the filter lets through, from the newest or `before` an entry on. */
export async function readPage(actor: Actor, page: InboxFilter & { before?: InboxPlace }): Promise<InboxPage> {
  const found = await container().database.prisma.notification.findMany({
    where: { userId: actor.id, ...matching(page), ...(page.before && olderThan(page.before)) },
    orderBy: newestFirst,
    take: inboxLength.page + 1,
    select: row,
  })
  const entries = found.slice(0, inboxLength.page).map(fromRow)
  const last = entries.at(-1)
  return { entries, next: found.length > entries.length && last ? { at: last.at, id: last.id } : null }
}

const newestFirst: Prisma.NotificationOrderByWithRelationInput[] = [{ at: 'desc' }, { id: 'desc' }]

function matching({ state, kind }: InboxFilter): Prisma.NotificationWhereInput {
  const states = {
    inbox: { archivedAt: null },
    unread: { archivedAt: null, readAt: null },
    read: { archivedAt: null, readAt: { not: null } },
    archived: { archivedAt: { not: null } },
  } satisfies Record<InboxFilter['state'], Prisma.NotificationWhereInput>
  return { ...states[state], ...(kind && { kind: toStored(kind) }) }
}

/** By the place and not by a count: what comes meanwhile shifts nothing. */
function olderThan({ at, id }: InboxPlace): Prisma.NotificationWhereInput {
  const moment = new Date(at)
  return { OR: [{ at: { lt: moment } }, { at: moment, id: { lt: id } }] }
}
