import { type ChannelContract, roomKey } from '#channels/contract'
import type { Pushed } from '#channels/wire'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'

/** A stream push that has been parsed and not yet numbered. */
export interface Publication {
  channel: ChannelContract
  room: string
  push: string
  /** As the contract's schema gives it out. */
  data: unknown
}

/** One that has its number and is in the log. */
export interface Published extends Publication {
  pushed: Pushed
}

/**
 * What is to be published, as the channel's contract says. Throws a ZodError when the data is not, and an
 * Error when the push is none of the channel's streams.
 */
export function publication(channel: ChannelContract, room: string, push: string, data: unknown): Publication {
  const contract = channel.pushes[push]
  if (contract?.kind !== 'stream') throw new Error(`${channel.name} has no stream push "${push}"`)
  return { channel, room, push, data: contract.data.parse(data) }
}

/**
 * Numbers stream pushes and writes them to their rooms' logs, all or none; answers them in the order given,
 * in which each room's are numbered. It is one statement, because it runs for every push there is: alone it is
 * a transaction by itself, and inside of one it takes the counters' locks as late as can be. Every statement
 * locks the counters in the order of their keys, so no two can wait for each other.
 */
export async function appendToLog(
  client: Pick<Prisma.TransactionClient, '$queryRaw'>,
  publications: Publication[],
): Promise<Published[]> {
  const keys = publications.map(({ channel, room }) => roomKey(channel, room))
  const pushes = publications.map(({ push }) => push)
  const data = publications.map((one) => JSON.stringify(one.data))
  const at = new Date()
  const begun = performance.now()
  const numbers = await client.$queryRaw<{ seq: number }[]>`
    WITH pushed AS (
      SELECT key, push, data, place, row_number() OVER (PARTITION BY key ORDER BY place) AS nth
      FROM unnest(${keys}::text[], ${pushes}::text[], ${data}::text[]) WITH ORDINALITY AS _ (key, push, data, place)
    ), counted AS (
      INSERT INTO log_room (key, seq) SELECT key, count(*) FROM pushed GROUP BY key ORDER BY key
      ON CONFLICT (key) DO UPDATE SET seq = log_room.seq + excluded.seq
      RETURNING key, seq
    ), numbered AS (
      SELECT key, push, data, place, (seq - count(*) OVER (PARTITION BY key) + nth)::int AS seq
      FROM pushed JOIN counted USING (key)
    ), written AS (
      INSERT INTO log_entry (room, seq, push, data, at) SELECT key, seq, push, data::jsonb, ${at} FROM numbered
    )
    SELECT seq FROM numbered ORDER BY place`
  const { logAppendBatchSize, logAppendSeconds } = container().metrics
  logAppendBatchSize.observe(publications.length)
  logAppendSeconds.observe((performance.now() - begun) / 1_000)
  return publications.map((one, index) => {
    const { push, data } = one
    return { ...one, pushed: { push, seq: numbers[index]?.seq, at: at.getTime(), data } }
  })
}
