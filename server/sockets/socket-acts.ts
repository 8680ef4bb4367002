import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { container } from '#server/container'
import { defineNodeMessage } from '#server/realtime/node-messages'
import type { Connections } from './connections'
import type { SocketConnection } from './socket-connection'

/** How long another node may take to answer, in milliseconds. */
const answerWithin = 2_000

const act = z.union([z.object({ does: z.literal('end') }), z.object({ does: z.literal('send'), message: z.json() })])
export type SocketAct = z.infer<typeof act>

const actAsked = defineNodeMessage('socket-act', z.object({ asked: z.uuid(), id: z.string(), act }))
const actAnswered = defineNodeMessage('socket-acted', z.object({ asked: z.uuid(), done: z.boolean() }))

/** What is done to one socket, whichever node it is on. */
export class SocketActs {
  readonly #asked = new Map<string, (done: boolean) => void>()

  constructor(private readonly connections: Connections) {}

  /** Once the container is filled: hears the other nodes. */
  start(): void {
    const { nodeMessages } = container()
    nodeMessages.listen(actAsked, ({ asked, id, act }) => {
      const connection = this.connections.get(id)
      if (connection) void perform(connection, act).then((done) => nodeMessages.tell(actAnswered, { asked, done }))
    })
    nodeMessages.listen(actAnswered, ({ asked, done }) => this.#asked.get(asked)?.(done))
  }

  /** Resolves with whether it was done: false for a socket there is not, and when its node says nothing in time. */
  async run(id: string, act: SocketAct): Promise<boolean> {
    const connection = this.connections.get(id)
    if (connection) return perform(connection, act)
    const { nodeMessages, registry } = container()
    const there = await registry.list({ id })
    if (there.length === 0) return false
    const asked = randomUUID()
    const answer = new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), answerWithin).unref()
      this.#asked.set(asked, (done) => {
        clearTimeout(late)
        resolve(done)
      })
    })
    nodeMessages.tell(actAsked, { asked, id, act })
    return answer.finally(() => this.#asked.delete(asked))
  }
}

async function perform(connection: SocketConnection, act: SocketAct): Promise<boolean> {
  if (act.does === 'send') return connection.send(act.message)
  connection.end('revoked')
  return true
}
