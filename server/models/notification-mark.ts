import type { Id } from '#channels/id'
import { type InboxMark, type Notification, notifications } from '#channels/notification'
import type { Prisma } from '#server/db/generated/client'
import { transaction } from '#server/db/transaction'
import type { LiveSession } from '#server/models/session'
import { findOwn } from './notification-inbox'
import { countUnread } from './notification-row'

type Actor = LiveSession['user']

/** What each mark writes, and on which entries: those that are so already stay as they are. */
const marks = {
  read: (at) => ({ where: { readAt: null }, data: { readAt: at } }),
  unread: () => ({ where: { readAt: { not: null } }, data: { readAt: null } }),
  archived: (at) => ({ where: { archivedAt: null }, data: { archivedAt: at } }),
  restored: () => ({ where: { archivedAt: { not: null } }, data: { archivedAt: null } }),
} satisfies Record<InboxMark['as'], (at: Date) => { where: Prisma.NotificationWhereInput; data: object }>

/** Marks some of one's own, on all one's screens; refuses with `not-found`, and then marks none. */
export async function markNotifications(
  actor: Actor,
  { ids, as }: InboxMark,
): Promise<{ entries: Notification[]; unread: number }> {
  return transaction(async (tx) => {
    await findOwn(actor, ids, tx)
    const { where, data } = marks[as](new Date())
    const changed = await tx.notification.updateManyAndReturn({
      where: { userId: actor.id, id: { in: ids }, ...where },
      data,
      select: { id: true },
    })
    const now = new Set(changed.map(({ id }) => id))
    for (const id of new Set(ids)) {
      if (now.has(id)) tx.publish(notifications, actor.id, 'changed', { notification: id })
    }
    return { entries: await findOwn(actor, ids, tx), unread: await countUnread(actor.id, tx) }
  })
}

/**
 * Marks everything in the inbox up to this entry as read, by one push: what came after the person pressed the button
 * they have not seen. Refuses with `not-found`.
 */
export async function sweep(actor: Actor, { until }: { until: Id }): Promise<{ until: Id; unread: number }> {
  return transaction(async (tx) => {
    await findOwn(actor, [until], tx)
    const { count } = await tx.notification.updateMany({
      where: { userId: actor.id, readAt: null, archivedAt: null, id: { lte: until } },
      data: { readAt: new Date() },
    })
    if (count > 0) tx.publish(notifications, actor.id, 'swept', { until })
    return { until, unread: await countUnread(actor.id, tx) }
  })
}
