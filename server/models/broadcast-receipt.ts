import { type Broadcast, broadcasts, personRoom, type Receipts } from '#channels/broadcast'
import { container } from '#server/container'
import { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { holding } from '#server/models/broadcast'
import { broadcastRow, toBroadcast } from '#server/models/broadcast-row'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/**
 * Hides a broadcast from one person, on all their screens and for good. Refuses with `not-found` when it is not for
 * them, and with `conflict` when it stays, or must be acknowledged first.
 */
export async function dismiss(actor: Actor, id: string): Promise<void> {
  await change(actor, id, 'dismissedAt', 'dismissed', ({ dismissible, mustAcknowledge }) => {
    if (mustAcknowledge) refuse('conflict', 'It asks to be acknowledged.')
    if (!dismissible) refuse('conflict', 'It stays until it is over.')
  })
}

/** Confirms that one has read it, which takes it off all one's screens. Refuses with `not-found` or `conflict`. */
export async function acknowledge(actor: Actor, id: string): Promise<void> {
  await change(actor, id, 'acknowledgedAt', 'acknowledged', ({ mustAcknowledge }) => {
    if (!mustAcknowledge) refuse('conflict', 'It asks for no acknowledgement.')
  })
}

async function change(
  actor: Actor,
  id: string,
  column: 'dismissedAt' | 'acknowledgedAt',
  push: 'dismissed' | 'acknowledged',
  allow: (broadcast: Broadcast) => void,
): Promise<void> {
  const changed = await transaction(async (tx) => {
    const row = await tx.broadcast.findFirst({ where: { id, ...forPerson(actor) }, select: broadcastRow })
    if (!row) refuse('not-found', 'There is no such broadcast.')
    allow(toBroadcast(row))
    await note(tx, actor, [id], true)
    const { count } = await tx.broadcastReceipt.updateMany({
      where: { broadcastId: id, userId: actor.id, [column]: null },
      data: { [column]: new Date() },
    })
    if (count > 0) tx.publish(broadcasts, personRoom(actor.id), push, { id })
    return count > 0
  })
  if (changed) await tellCounts([id])
}

/** Notes that a screen of the person shows these, and whether it is in front of them. Others than theirs are passed over. */
export async function noteHad(actor: Actor, ids: string[], seen: boolean): Promise<void> {
  const noted = await transaction(async (tx) => {
    const rows = await tx.broadcast.findMany({
      where: { id: { in: ids }, ...forPerson(actor), AND: holding(new Date()) },
      select: { id: true },
    })
    return note(
      tx,
      actor,
      rows.map(({ id }) => id),
      seen,
    )
  })
  await tellCounts(noted)
}

/** Answers which of them it was news for. */
async function note(tx: Transaction, { id: userId }: Actor, ids: string[], seen: boolean): Promise<string[]> {
  if (ids.length === 0) return []
  const at = new Date()
  const seenAt = seen ? at : null
  const noted = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO broadcast_receipt (broadcast_id, user_id, delivered_at, seen_at)
    SELECT id, ${userId}::uuid, ${at}, ${seenAt}::timestamptz FROM unnest(${ids.toSorted()}::uuid[]) AS one(id)
    ON CONFLICT (broadcast_id, user_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
    WHERE broadcast_receipt.seen_at IS NULL AND EXCLUDED.seen_at IS NOT NULL
    RETURNING broadcast_id::text AS id`
  return noted.map(({ id }) => id)
}

/**
 * Shows the admins how far these have come. After the commit, so that of several at once the last counts them all;
 * which of them tells last is another matter, and screens take the greatest.
 */
async function tellCounts(ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await transaction(async (tx) => {
    for (const counted of await countReceipts(ids, tx)) tx.publish(broadcasts, 'desk', 'counted', counted)
  })
}

/** Of how many people each of these is for, how many have had it, had it in front of them, and confirmed it. */
export async function countReceipts(
  ids: string[],
  client: Prisma.TransactionClient = container().database.prisma,
): Promise<Receipts[]> {
  if (ids.length === 0) return []
  const rows = await client.$queryRaw<Receipts[]>`
    SELECT broadcast.id::text,
      (SELECT count(*)::int FROM app_user WHERE disabled_at IS NULL
        AND (broadcast.role IS NULL OR app_user.role = broadcast.role)
        AND (broadcast.person_id IS NULL OR app_user.id = broadcast.person_id)) AS people,
      count(broadcast_id)::int AS delivered, count(seen_at)::int AS seen, count(acknowledged_at)::int AS acknowledged
    FROM broadcast LEFT JOIN broadcast_receipt ON broadcast_id = broadcast.id
    WHERE broadcast.id IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})
    GROUP BY broadcast.id`
  return rows
}

/** What has been said to this person, by whichever room. */
function forPerson({ id, role }: Actor): Prisma.BroadcastWhereInput {
  return {
    announcedAt: { not: null },
    withdrawnAt: null,
    OR: [{ personId: id }, { personId: null, OR: [{ role: null }, { role }] }],
  }
}
