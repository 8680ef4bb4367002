import type { Pushed } from '#channels/wire'
import type { Prisma } from '#server/db/generated/client'

type Database = Pick<Prisma.TransactionClient, '$queryRaw'>

/** How far logs have come, in one epoch. */
export interface Reached {
  epoch: string
  /** By key; a room that nothing was published to is missing. */
  seqs: Map<string, number>
}

/** Where the logs of these rooms, by key, stand now. */
export async function readReached(client: Database, keys: string[]): Promise<Reached> {
  const rows = await client.$queryRaw<{ epoch: string; key: string | null; seq: number }[]>`
    SELECT epoch::text, key, seq FROM log_epoch LEFT JOIN log_room ON key = ANY(${keys})`
  const [first] = rows
  if (!first) throw new Error('The log has no epoch: the migrations have not run')
  return { epoch: first.epoch, seqs: new Map(rows.flatMap(({ key, seq }) => (key === null ? [] : [[key, seq]]))) }
}

export interface LoggedPush extends Pushed {
  seq: number
  /** How long its data is as text, about. */
  bytes: number
}

/** What the room's log still holds of the numbers from `first` to `last`, in order. */
export async function readEntries(client: Database, key: string, first: number, last: number): Promise<LoggedPush[]> {
  const entries = await client.$queryRaw<(Omit<LoggedPush, 'at'> & { at: Date })[]>`
    SELECT seq, push, data, at, octet_length(data::text) AS bytes FROM log_entry
    WHERE room = ${key} AND seq BETWEEN ${first} AND ${last} ORDER BY seq`
  return entries.map(({ at, ...entry }) => ({ ...entry, at: at.getTime() }))
}
