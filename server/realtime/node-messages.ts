import type { z } from 'zod'
import { container } from '#server/container'
import type { SwitchboardServer } from './socket-server'

/** What one node tells all: a name nobody else uses, and what comes with it. */
export interface NodeMessage<Payload extends z.ZodType = z.ZodType> {
  name: string
  payload: Payload
}

/** Declares a message between nodes. Put there what tells where to look; the truth is in the database. */
export function defineNodeMessage<Payload extends z.ZodType>(name: string, payload: Payload): NodeMessage<Payload> {
  return { name, payload }
}

/**
 * Messages from one node to all, itself included, over Socket.IO's adapter. They are not stored: one that is
 * lost with Redis never comes, so nothing may rest on them but speed.
 */
export class NodeMessages {
  readonly #listeners = new Map<string, ((sent: unknown) => void)[]>()
  #others = false

  constructor(private readonly io: SwitchboardServer) {}

  /** From now on there are other nodes to tell. Call it when the adapter has been set: without one nobody is there. */
  reachOthers(): void {
    this.#others = true
  }

  /** Runs `hear` for each such message, in the very turn in which it is told here or comes in from another node. */
  listen<Payload extends z.ZodType>(message: NodeMessage<Payload>, hear: (payload: z.output<Payload>) => void): void {
    const { name, payload } = message
    const listener = (sent: unknown) => {
      const parsed = payload.safeParse(sent)
      // From a node of another version, during a deploy.
      if (!parsed.success) return container().log.error({ message: name }, 'a node message could not be read')
      hear(parsed.data)
    }
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
    this.io.on(eventOf(name), listener)
  }

  /** Tells this node now, before it returns, and the others as soon as they hear of it. */
  tell<Payload extends z.ZodType>({ name }: NodeMessage<Payload>, payload: z.input<Payload>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload)
    if (this.#others) this.io.serverSideEmit(eventOf(name), payload)
  }
}

/** Apart from Socket.IO's own events of the server. */
function eventOf(name: string): string {
  return `node:${name}`
}
