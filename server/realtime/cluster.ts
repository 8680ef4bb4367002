import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Logger } from 'pino'
import { createClient } from 'redis'
import type { LatestBoard } from './latest-board'
import { shareLatest } from './latest-nodes'
import type { SwitchboardServer } from './socket-server'

/**
 * Joins this node to the others: what is sent to a room, or closed, here is so on every node. Redis carries
 * messages only; the truth is in the database, so a push that is lost with Redis is found out by `alive`.
 * Resolves with what leaves again. Rejects with one line for the person when Redis cannot be reached.
 */
export async function joinNodes(
  io: SwitchboardServer,
  latest: LatestBoard,
  redisUrl: string,
  log: Logger,
): Promise<() => void> {
  const client = createClient({ url: redisUrl })
  let joined = false
  client.on('error', (error: Error) => {
    if (joined) log.warn({ err: error }, 'Redis does not answer; it is tried again')
    else client.destroy()
  })
  try {
    await client.connect()
  } catch (error) {
    throw new Error(`Cannot connect to REDIS_URL at ${new URL(redisUrl).host}.`, { cause: error })
  }
  joined = true
  io.adapter(createAdapter(client, { streamName: 'switchboard' }))
  const stopSharing = await shareLatest(latest, client, log)
  return () => {
    stopSharing()
    client.destroy()
  }
}
