import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Id, id } from '#channels/id'
import { notificationKind, notifications, ownPath } from '#channels/notification'
import { unstorable } from '#channels/text'
import type { Transaction } from '#server/db/transaction'

const news = z.object({
  userIds: z.array(z.uuid().toLowerCase()),
  kind: notificationKind,
  about: z.string().min(1).max(200),
  title: z.string().transform((title) => clipped(title.replace(/\s+/g, ' '), 120)),
  body: z.string().transform((body) => clipped(body, 300)),
  href: ownPath.nullable(),
})

/** What people are to be told; `about` names what it is about, as `mention/<message id>`. Title and body are plain text. */
export type News = z.input<typeof news>

/**
 * Tells people of something, in the transaction of what happened. For each person once per `about`: telling it again
 * changes nothing, even when it was read or archived meanwhile. Where a person wants the kind
 * - in the inbox, it stands there unread;
 * - by toast or system notice alone, it goes straight to the archive, read, because the screen fetches from there
 *   what it shows;
 * - nowhere, nothing is written and nothing is pushed.
 * Whoever is no more is left out. Text that is too long is clipped. Throws a ZodError for an `href` that is no path of
 * this application: a mistake of the caller's, and never of a person's.
 */
export async function notify(tx: Transaction, input: News): Promise<void> {
  const { userIds, kind, about, title, body, href } = news.parse(input)
  const people = [...new Set(userIds)]
  if (people.length === 0) return
  const at = new Date()
  const ids = people.map(() => idAt(at))
  // In the order of the people: two that tell the same crowd at once wait for each other, and never in a circle.
  const told = await tx.$queryRaw<{ id: string; userId: string }[]>`
    INSERT INTO notification (id, user_id, kind, about, title, body, href, at, read_at, archived_at)
    SELECT given.id, given.user_id, ${kind}::notification_kind, ${about}, ${title}, ${body}, ${href}, ${at},
      CASE WHEN coalesce(inbox, true) THEN NULL ELSE ${at}::timestamptz END,
      CASE WHEN coalesce(inbox, true) THEN NULL ELSE ${at}::timestamptz END
    FROM unnest(${ids}::uuid[], ${people}::uuid[]) AS given (id, user_id)
    JOIN app_user ON app_user.id = given.user_id
    LEFT JOIN notification_preference AS preference
      ON preference.user_id = given.user_id AND preference.kind = ${kind}::notification_kind
    WHERE coalesce(inbox OR toast OR system, true)
    ORDER BY given.user_id
    ON CONFLICT (user_id, about) DO NOTHING
    RETURNING id::text, user_id::text AS "userId"`
  for (const one of told) tx.publish(notifications, one.userId, 'notified', { notification: id.parse(one.id) })
}

/** Puts another text in the place of what people were told about something, in the transaction that took it back. */
export async function retell(tx: Transaction, about: string, body: string): Promise<void> {
  const retold = await tx.$queryRaw<{ id: string; userId: string }[]>`
    WITH told AS (SELECT id FROM notification WHERE about = ${about} ORDER BY user_id FOR UPDATE)
    UPDATE notification SET body = ${body} FROM told WHERE notification.id = told.id
    RETURNING notification.id::text, user_id::text AS "userId"`
  for (const one of retold) tx.publish(notifications, one.userId, 'changed', { notification: id.parse(one.id) })
}

/** Marks what people were told about something as read, in the transaction by which nobody waits for them any more. */
export async function markSettled(tx: Transaction, about: string): Promise<void> {
  const unread = { about, readAt: null }
  const read = await tx.notification.updateManyAndReturn({ where: unread, data: { readAt: new Date() } })
  for (const { id: key, userId } of read) tx.publish(notifications, userId, 'changed', { notification: id.parse(key) })
}

/** A UUID of version 7 (RFC 9562): it begins with the milliseconds since 1970, so ids sort by time. */
function idAt(at: Date): Id {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return id.parse(bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
}

/** By characters, not by halves of them. */
function clipped(text: string, most: number): string {
  const storable = text.trim().replace(new RegExp(unstorable, 'gu'), '')
  const characters = [...storable]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : storable
}
