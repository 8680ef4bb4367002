import type { Logger } from 'pino'
import type { RedisClientType } from 'redis'
import { z } from 'zod'
import { type LatestBoard, sharedValues } from './latest-board'

/** The Redis channel that all nodes listen to. */
const line = 'switchboard:latest'

/** Values, or the word of one who has begun to listen and may lack some. `from` is the node that says so. */
const message = z.union([
  sharedValues.extend({ from: z.string() }),
  z.object({ from: z.string(), asks: z.literal(true) }),
])

/**
 * Shares a board with those of the other nodes: each tells what is published there, and everything it has to one
 * that starts or could not listen for a while. Not over Socket.IO's adapter, which does not say when it has begun
 * to hear the others, or hears them again: whoever asks before that misses the answers.
 * Resolves, once it listens, with what ends it.
 */
export async function shareLatest(board: LatestBoard, client: RedisClientType, log: Logger): Promise<() => void> {
  const hearing = client.duplicate()
  // Said by the other connection already; it is tried again by itself.
  hearing.on('error', () => {})
  const tell = (what: object) => {
    // The client would keep it until Redis is back, when everything is told anew.
    if (!client.isReady) return
    client.publish(line, JSON.stringify({ from: board.node, ...what })).catch((error: unknown) => {
      log.warn({ err: error }, 'the newest values could not be shared')
    })
  }
  const hear = (text: string) => {
    const heard = message.safeParse(parseJson(text))
    // From a node of another version, during a deploy.
    if (!heard.success) return log.error('newest values of another node could not be read')
    if (heard.data.from === board.node) return
    if ('asks' in heard.data) board.shareAll()
    else board.merge(heard.data)
  }
  const catchUp = () => {
    if (!client.isReady || !hearing.isReady) return
    tell({ asks: true })
    board.shareAll()
  }
  board.shareWith(tell)
  await hearing.connect()
  await hearing.subscribe(line, hear)
  catchUp()
  for (const connection of [client, hearing]) connection.on('ready', catchUp)
  return () => hearing.destroy()
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
