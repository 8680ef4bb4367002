import { type ChannelContract, roomKey } from '#channels/contract'
import type { Pushed, PushFrame } from '#channels/wire'
import type { SwitchboardServer } from './socket-server'

/** After a frame a room's further pushes wait for each other so long, in milliseconds. */
const gather = 4

/**
 * Sends pushes to the members of rooms. A lone push leaves at once; those that follow within a few
 * milliseconds leave together, because what a busy room costs is its frames, not its pushes
 * (the idea of Nagle's algorithm, RFC 896, with a fixed wait in place of the acknowledgement).
 */
export class Delivery {
  /** The rooms that sent a frame just now, by key, with what waits for their next one. */
  readonly #busy = new Map<string, Pushed[]>()

  constructor(private readonly io: SwitchboardServer) {}

  /** Stream pushes come here only after their commit. */
  send(channel: ChannelContract, room: string, pushed: Pushed): void {
    const waiting = this.#busy.get(roomKey(channel, room))
    if (waiting) waiting.push(pushed)
    else this.#emit(channel, room, [pushed])
  }

  #emit(channel: ChannelContract, room: string, pushes: Pushed[]): void {
    const key = roomKey(channel, room)
    const frame: PushFrame = { room, pushes }
    const droppable = pushes.every(({ seq }) => seq === undefined)
    const members = droppable ? this.io.volatile.to(key) : this.io.to(key)
    members.emit(`${channel.name}:push`, frame)
    this.#busy.set(key, [])
    setTimeout(() => {
      const waiting = this.#busy.get(key) ?? []
      if (waiting.length > 0) this.#emit(channel, room, waiting)
      else this.#busy.delete(key)
    }, gather).unref()
  }
}
