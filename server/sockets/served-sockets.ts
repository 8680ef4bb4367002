import { setTimeout as sleep } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import type { Opened, RawSocket } from './raw-socket'
import { ServedSocket } from './served-socket'

/** How often open sockets are asked for a sign of life, in milliseconds. One that gave none by the next time is cut. */
const beatEvery = 20_000
/** How long clients and handlers may take when the server closes, in milliseconds. */
const endWithin = 2_000

/** The open sockets of raw endpoints on this node, with what is done to all of them. */
export class ServedSockets {
  readonly #sockets = new Set<ServedSocket>()
  readonly #beating = setInterval(() => this.beat(), beatEvery).unref()
  #closing = false

  /** Whether the server closes, and no socket should be opened any more. */
  get closing(): boolean {
    return this.#closing
  }

  /** Throws what the endpoint's transcoder throws when it is opened. */
  add(ws: WebSocket, opened: Opened): void {
    const served = new ServedSocket(ws, opened)
    this.#sockets.add(served)
    ws.once('close', () => this.#sockets.delete(served))
    served.start()
  }

  open(): RawSocket[] {
    return Array.from(this.#sockets, ({ connection }) => connection)
  }

  /** The person's name, role or sessions may have changed. */
  recheckPerson(userId: string): void {
    for (const socket of this.#sockets) if (socket.connection.user?.id === userId) socket.recheck()
  }

  /** Asks every socket for a sign of life. */
  beat(): void {
    for (const { heartbeat } of this.#sockets) heartbeat.beat()
  }

  /** Resolves when all sockets have closed and their handlers have ended, or taken too long. */
  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#beating)
    const sockets = [...this.#sockets]
    for (const { connection } of sockets) connection.end('restarting')
    const ended = Promise.all(sockets.map((socket) => socket.ended()))
    await Promise.race([ended, sleep(endWithin, undefined, { ref: false })])
  }
}
