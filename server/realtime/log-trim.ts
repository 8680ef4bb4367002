import type { Prisma } from '#server/db/generated/client'

type Database = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>

/** A room with the oldest entry its log still holds. */
export interface RoomExtent {
  key: string
  /** The last number given out. */
  seq: number
  /** Null, as is `oldestAt`, where the log holds none. */
  oldestSeq: number | null
  oldestAt: Date | null
}

/** The next `most` rooms after `key`, in the order of their keys: a look at an index each, however long their logs. */
export function readExtents(client: Database, key: string, most: number): Promise<RoomExtent[]> {
  return client.$queryRaw<RoomExtent[]>`
    SELECT key, room.seq, oldest.seq AS "oldestSeq", oldest.at AS "oldestAt"
    FROM (SELECT key, seq FROM log_room WHERE key > ${key} ORDER BY key LIMIT ${most}) AS room
    LEFT JOIN LATERAL (SELECT seq, at FROM log_entry WHERE room = key ORDER BY seq LIMIT 1) AS oldest ON true
    ORDER BY key`
}

/**
 * Deletes those of the room's `most` oldest entries that are numbered up to `seq` or were written before that
 * moment, and answers how many. Another node that is at the same room passes over what this one has in hand.
 */
export function deleteOldest(client: Database, key: string, seq: number, before: Date, most: number): Promise<number> {
  return client.$executeRaw`
    WITH oldest AS (
      SELECT seq, at FROM log_entry WHERE room = ${key} ORDER BY seq LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM log_entry USING oldest
    WHERE room = ${key} AND log_entry.seq = oldest.seq AND (oldest.seq <= ${seq} OR oldest.at < ${before})`
}
