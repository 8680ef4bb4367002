import { type ChannelContract, roomKey } from '#channels/contract'
import type { Pushed, PushFrame } from '#channels/wire'
import { nameOf } from './latest-values'
import { closeSocket } from './session-end'
import type { Socket } from './socket-server'
import { Waiting } from './waiting'

/** The room, of no channel, of the sockets that read too slowly: `volatile` and `latest` pushes pass them over. */
export const slowRoom = 'slow'

/** A socket is slow when more than so many bytes wait for it, and no longer when so few do. */
const slowFrom = 65_536
const slowUntil = 16_384

/** What a note about one value that a slow member is owed takes, in bytes; the value itself is the board's. */
const noteBytes = 64

/** How long a socket that is closed has to read what waits, in milliseconds. */
const grace = 5_000

/** The newest values of one room that a slow member has not been sent. */
interface Owed {
  event: string
  room: string
  values: Map<string, Pushed>
}

interface Slow {
  waiting: Waiting
  owed: Map<string, Owed>
}

/**
 * Keeps a member that reads slowly from costing the others anything: what can be spared is spared, and made good
 * by the newest values once it has read what waits. Where even so more waits than the setting `WAITING_BYTES`
 * allows, its socket is closed with `too-slow`; it comes back by itself and replays.
 */
export class SlowMembers {
  readonly #slow = new Map<Socket, Slow>()
  readonly #closing = new WeakSet<Socket>()

  /** `bound` is how many bytes may wait for one socket. */
  constructor(private readonly bound: number) {}

  /** How many there are on this node. */
  get size(): number {
    return this.#slow.size
  }

  /** Gives what counts the bytes that wait for it. */
  watch(socket: Socket): Waiting {
    const waiting: Waiting = new Waiting(socket.conn, {
      grown: () => {
        if (waiting.bytes > slowFrom) this.#begin(socket, waiting)
      },
      shrunk: () => {
        if (waiting.bytes <= slowUntil) this.#settle(socket)
      },
    })
    socket.once('disconnect', () => {
      this.#slow.delete(socket)
      cutAfterGrace(socket)
    })
    return waiting
  }

  /** Notes for the slow members of a room what they are not sent. */
  spare(channel: Pick<ChannelContract, 'name'>, room: string, pushes: Pushed[]): void {
    const key = roomKey(channel, room)
    for (const [socket, slow] of this.#slow) {
      if (!socket.rooms.has(key)) continue
      const owed = slow.owed.get(key) ?? { event: `${channel.name}:push`, room, values: new Map() }
      slow.owed.set(key, owed)
      for (const pushed of pushes) owed.values.set(nameOf(pushed.push, pushed.key ?? ''), pushed)
      this.#closeBeyondBound(socket, slow)
    }
  }

  #begin(socket: Socket, waiting: Waiting): void {
    // What is said while it is closed, and after, counts no more.
    if (this.#closing.has(socket) || !socket.connected) return
    const slow = this.#slow.get(socket) ?? { waiting, owed: new Map() }
    this.#slow.set(socket, slow)
    void socket.join(slowRoom)
    this.#closeBeyondBound(socket, slow)
  }

  #settle(socket: Socket): void {
    const slow = this.#slow.get(socket)
    if (!slow) return
    this.#slow.delete(socket)
    void socket.leave(slowRoom)
    for (const [key, owed] of slow.owed) {
      // The frames before have made it slow again.
      const again = this.#slow.get(socket)
      if (again) again.owed.set(key, owed)
      else if (socket.rooms.has(key)) socket.emit(owed.event, frameOf(owed))
    }
  }

  #closeBeyondBound(socket: Socket, { waiting, owed }: Slow): void {
    const notes = [...owed.values()].reduce((sum, { values }) => sum + values.size, 0)
    if (waiting.backlog + notes * noteBytes <= this.bound) return
    this.#closing.add(socket)
    closeSocket(socket, { reason: 'too-slow', retry: true })
  }
}

function frameOf({ room, values }: Owed): PushFrame {
  return { room, pushes: [...values.values()] }
}

/**
 * Closing waits until all that was written is read, which for one that never reads is for ever: then the
 * connection itself is cut, and what waited is given back.
 */
function cutAfterGrace({ conn }: Socket): void {
  const line = conn.request.socket
  if (line.destroyed) return
  const cutting = setTimeout(() => line.destroy(), grace).unref()
  line.once('close', () => clearTimeout(cutting))
}
