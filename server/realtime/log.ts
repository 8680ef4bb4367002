import type { ChannelContract } from '#channels/contract'
import type { Position, Pushed } from '#channels/wire'
import type { Prisma } from '#server/db/generated/client'

type Database = Pick<Prisma.TransactionClient, '$queryRaw'>

/**
 * Numbers a stream push and writes it to the room's log, in the transaction of `client`.
 * One statement, because it runs for every push there is: the counter's row lock is taken, the number
 * drawn and the entry written in one round trip. Throws a ZodError when the data is not what the
 * contract says, and an Error when the push is not one of the channel's streams.
 */
export async function appendToLog(
  client: Database,
  channel: ChannelContract,
  key: string,
  push: string,
  data: unknown,
): Promise<Pushed> {
  const contract = channel.pushes[push]
  if (contract?.kind !== 'stream') throw new Error(`${channel.name} has no stream push "${push}"`)
  const parsed = contract.data.parse(data)
  const at = new Date()
  const [entry] = await client.$queryRaw<{ seq: number }[]>`
    WITH counted AS (
      INSERT INTO log_room (key, seq) VALUES (${key}, 1)
      ON CONFLICT (key) DO UPDATE SET seq = log_room.seq + 1
      RETURNING seq
    )
    INSERT INTO log_entry (room, seq, push, data, at)
    SELECT ${key}, seq, ${push}, ${JSON.stringify(parsed)}::jsonb, ${at} FROM counted
    RETURNING seq`
  if (!entry) throw new Error(`The log did not number a push of ${key}`)
  return { push, seq: entry.seq, at: at.getTime(), data: parsed }
}

/** Where the room's log stands now. Read it before the state it is to stand for. */
export async function readPosition(client: Database, key: string): Promise<Position> {
  const [found] = await client.$queryRaw<Position[]>`
    SELECT epoch::text, COALESCE((SELECT seq FROM log_room WHERE key = ${key}), 0) AS seq FROM log_epoch`
  if (!found) throw new Error('The log has no epoch: the migrations have not run')
  return found
}

/** How far the logs of these rooms have come, by key; a room that nothing was published to is missing. */
export async function readCounters(client: Database, keys: string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  const rows = await client.$queryRaw<{ key: string; seq: number }[]>`
    SELECT key, seq FROM log_room WHERE key = ANY(${keys})`
  return new Map(rows.map(({ key, seq }) => [key, seq]))
}

/** The most pushes one reply carries; a client further behind gets the state instead. */
const longestReplay = 500

/**
 * Every push after `since`, in order, or null when the log cannot tell: another epoch, a number it
 * never gave out, entries trimmed, or more than one reply should carry.
 */
export async function readSince(
  client: Database,
  key: string,
  since: Position,
  now: Position,
): Promise<Pushed[] | null> {
  if (since.epoch !== now.epoch || since.seq > now.seq) return null
  const missing = now.seq - since.seq
  if (missing > longestReplay) return null
  if (missing === 0) return []
  const entries = await client.$queryRaw<{ seq: number; push: string; data: unknown; at: Date }[]>`
    SELECT seq, push, data, at FROM log_entry
    WHERE room = ${key} AND seq > ${since.seq} AND seq <= ${now.seq} ORDER BY seq`
  if (entries.length !== missing) return null
  return entries.map(({ at, ...entry }) => ({ ...entry, at: at.getTime() }))
}
