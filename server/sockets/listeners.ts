import { container } from '#server/container'
import type { SocketConnection } from './socket-connection'

type Heard = void | Promise<void>

/**
 * Hears of every socket of this node, whatever it serves (Open-Xchange's `WebSocketListener`). `message` is what
 * the endpoint's handler gets; of Socket.IO, the event and its payloads as an array.
 */
export interface Listener {
  onConnect?(connection: SocketConnection): Heard
  onMessage?(connection: SocketConnection, message: unknown): Heard
  onClose?(connection: SocketConnection, code: number, reason: string): Heard
}

/** Told in the order they were added, and not waited for. What one throws is logged, and disturbs nobody else. */
export class Listeners {
  readonly #listeners = new Map<symbol, Listener>()

  /** Gives what takes it away again. */
  add(listener: Listener): () => void {
    const key = Symbol('listener')
    this.#listeners.set(key, listener)
    return () => void this.#listeners.delete(key)
  }

  tell(connection: SocketConnection, what: (listener: Listener) => Heard): void {
    for (const listener of this.#listeners.values()) void tellOne(connection, () => what(listener))
  }
}

async function tellOne({ id, path }: SocketConnection, hear: () => Heard): Promise<void> {
  try {
    await hear()
  } catch (error) {
    container().log.error({ err: error, socket: id, path }, 'a socket listener failed')
  }
}
