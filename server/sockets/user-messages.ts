import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { container } from '#server/container'
import { matchesPath, parsePathFilter } from '#server/models/path-filter'
import { defineNodeMessage } from '#server/realtime/node-messages'
import type { Connections } from './connections'

/** How long another node may take to answer, in milliseconds. */
const answerWithin = 2_000

/** Whatever JSON can say: a message crosses from node to node. */
export type Json = z.infer<ReturnType<typeof z.json>>

/** A message for a person's sockets; `awaited` are the nodes that should say how many took it. */
const userMessage = defineNodeMessage(
  'user-message',
  z.object({
    id: z.uuid(),
    from: z.uuid(),
    awaited: z.array(z.uuid()),
    userId: z.string(),
    path: z.string(),
    message: z.json(),
  }),
)
const userMessageTaken = defineNodeMessage(
  'user-message-taken',
  z.object({ id: z.uuid(), from: z.uuid(), taken: z.int().nonnegative() }),
)

interface Asked {
  awaited: Set<string>
  taken: number
  done(): void
}

/** Messages for all sockets of a person, whichever node they are on. */
export class UserMessages {
  readonly #asked = new Map<string, Asked>()

  constructor(private readonly connections: Connections) {}

  /** Once the container is filled: hears the other nodes. */
  start(): void {
    const { node, nodeMessages } = container()
    nodeMessages.listen(userMessage, ({ id, from, awaited, userId, path, message }) => {
      if (from === node.id) return
      void this.#deliver(userId, path, message).then((taken) => {
        if (taken > 0 || awaited.includes(node.id)) nodeMessages.tell(userMessageTaken, { id, from: node.id, taken })
      })
    })
    nodeMessages.listen(userMessageTaken, ({ id, from, taken }) => {
      const asked = this.#asked.get(id)
      if (!asked) return
      asked.taken += taken
      if (asked.awaited.delete(from) && asked.awaited.size === 0) asked.done()
    })
  }

  /** Resolves with how many sockets took the message. Refuses with `invalid` when `path` is no filter. */
  async send(userId: string, message: Json, path: string): Promise<number> {
    parsePathFilter(path)
    const here = this.#deliver(userId, path, message)
    const { node, registry } = container()
    const listed = await registry.list({ userId, path })
    const awaited = new Set(listed.flatMap(({ nodeId }) => (nodeId === node.id ? [] : [nodeId])))
    const [own, others] = await Promise.all([here, this.#ask(awaited, { userId, path, message })])
    return own + others
  }

  /** Asks also when nobody is awaited: the list of others' sockets is behind by a moment. */
  async #ask(awaited: Set<string>, what: { userId: string; path: string; message: Json }): Promise<number> {
    const { node, nodeMessages } = container()
    const id = randomUUID()
    const asked: Asked = { awaited, taken: 0, done: () => {} }
    this.#asked.set(id, asked)
    const answered = new Promise<void>((resolve) => {
      const late = setTimeout(resolve, answerWithin).unref()
      asked.done = () => {
        clearTimeout(late)
        resolve()
      }
    })
    nodeMessages.tell(userMessage, { id, from: node.id, awaited: [...awaited], ...what })
    if (awaited.size === 0) asked.done()
    await answered
    this.#asked.delete(id)
    return asked.taken
  }

  async #deliver(userId: string, path: string, message: Json): Promise<number> {
    const filter = parsePathFilter(path)
    const meant = [...this.connections.ofUser(userId)].filter((connection) => matchesPath(filter, connection.path))
    const taken = await Promise.all(meant.map((connection) => connection.send(message)))
    return taken.filter(Boolean).length
  }
}
