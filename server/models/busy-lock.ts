import { randomUUID } from 'node:crypto'
import { type UserRef, userRef } from '#channels/user'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'

/** For how long a lock holds without being renewed, in milliseconds, and how often its holder renews it. */
export const heldFor = 10_000
export const renewEvery = 3_000

/**
 * Who holds it, and since when (milliseconds since 1970). `by` is null when the system does it by itself. The token
 * tells this holding from those before and after; it is no secret.
 */
export interface Holder {
  by: UserRef | null
  since: number
  token: string
}

type Taken = { token: string; since: number } | { holder: Holder }
type Client = Prisma.TransactionClient

/**
 * Takes what one does at a time, or says who has it. The holder renews it until the end: a killed process cannot, and
 * the lock is free `heldFor` later (a lease: Gray and Cheriton, "Leases", 1989). By the database's clock alone, since
 * those of the nodes may differ. Within a transaction, whoever else asks waits for its end.
 */
export async function takeLock(client: Client, key: string, userId: string | null): Promise<Taken> {
  const token = randomUUID()
  const { id: nodeId } = container().node
  const [taken] = await client.$queryRaw<{ since: Date }[]>`
    INSERT INTO busy_lock (key, token, user_id, node_id, since, until)
    VALUES (${key}, ${token}::uuid, ${userId}::uuid, ${nodeId}::uuid, now(), now() + ${heldFor} * interval '1 ms')
    ON CONFLICT (key) DO UPDATE SET token = excluded.token, user_id = excluded.user_id, node_id = excluded.node_id,
      since = excluded.since, until = excluded.until WHERE busy_lock.until < now()
    RETURNING since`
  if (taken) return { token, since: taken.since.getTime() }
  const holder = await readHolder(client, key)
  // Freed in between: whoever comes now may be luckier than we were.
  return holder ? { holder } : takeLock(client, key, userId)
}

/** Whether it is still ours: a node that stood still for too long has lost it. */
export async function renewLock(key: string, token: string): Promise<boolean> {
  const renewed = await container().database.prisma.$executeRaw`
    UPDATE busy_lock SET until = now() + ${heldFor} * interval '1 ms'
    WHERE key = ${key} AND token = ${token}::uuid AND until >= now()`
  return renewed === 1
}

/**
 * Frees it, if it is still ours; answers whether it was. What the holder has to show for it is written in the same
 * transaction: then nobody who has lost the lock writes anything.
 */
export async function freeLock(client: Client, key: string, token: string): Promise<boolean> {
  return (await client.$executeRaw`DELETE FROM busy_lock WHERE key = ${key} AND token = ${token}::uuid`) === 1
}

/** Null when nobody holds it. */
export async function readHolder(client: Client, key: string): Promise<Holder | null> {
  const [row] = await client.$queryRaw<{ since: Date; token: string; id: string | null; name: string | null }[]>`
    SELECT since, token::text, app_user.id, app_user.name
    FROM busy_lock LEFT JOIN app_user ON app_user.id = user_id
    WHERE key = ${key} AND until >= now()`
  if (!row) return null
  const { since, token, id, name } = row
  return { since: since.getTime(), token, by: id === null ? null : userRef.parse({ id, name }) }
}

/**
 * Removes the locks of this kind (`<kind>/…`) whose holder has gone without freeing them, because they have run out
 * or its node is there no more: each is given to one caller alone.
 */
export async function sweepLocks(client: Client, kind: string): Promise<{ key: string; token: string }[]> {
  return client.$queryRaw`
    DELETE FROM busy_lock WHERE key IN (
      SELECT key FROM busy_lock WHERE starts_with(key, ${`${kind}/`})
        AND (until < now() OR NOT EXISTS (SELECT FROM node WHERE node.id = node_id))
      FOR UPDATE SKIP LOCKED)
    RETURNING key, token::text`
}

/** In how many milliseconds the next lock of this kind runs out, unless it is renewed; null when there is none. */
export async function nextLapse(client: Client, kind: string): Promise<number | null> {
  const [row] = await client.$queryRaw<{ wait: number | null }[]>`
    SELECT (extract(epoch FROM min(until) - now()) * 1000)::float8 AS wait
    FROM busy_lock WHERE starts_with(key, ${`${kind}/`})`
  return row?.wait ?? null
}
