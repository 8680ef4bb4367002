import { type ChannelContract, type PushContract, roomKey } from '#channels/contract'
import type { Pushed, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import type { Members } from './latest-board'
import { SlowMembers, slowRoom } from './slow-members'
import type { SwitchboardServer } from './socket-server'

type Channel = Pick<ChannelContract, 'name'>

/** After a frame a room's further pushes wait for each other so long, in milliseconds. */
const gather = 4

/**
 * Sends pushes to the members of rooms. A lone push leaves at once; those that follow within a few
 * milliseconds leave together, because what a busy room costs is its frames, not its pushes
 * (the idea of Nagle's algorithm, RFC 896, with a fixed wait in place of the acknowledgement).
 */
export class Delivery implements Members {
  readonly slow: SlowMembers
  /** The rooms that sent a frame just now, by key, with what waits for their next one. */
  readonly #busy = new Map<string, Pushed[]>()

  /** `waitingBytes` is how much may wait for one socket. */
  constructor(
    private readonly io: SwitchboardServer,
    waitingBytes: number,
  ) {
    this.slow = new SlowMembers(waitingBytes)
  }

  /** Stream and volatile pushes, for the members on all nodes. Stream pushes come here only after their commit. */
  send(channel: Channel, room: string, pushed: Pushed): void {
    container().metrics.pushes.inc({ channel: channel.name, kind: kindOf(pushed) })
    const waiting = this.#busy.get(roomKey(channel, room))
    if (waiting) waiting.push(pushed)
    else this.#emit(channel, room, [pushed])
  }

  /** The newest values of a room, for its members on this node: every node has a board and sends from it. */
  sendLatest(channel: Channel, room: string, pushes: Pushed[]): void {
    const key = roomKey(channel, room)
    if (!this.has(key)) return
    this.slow.spare(channel, room, pushes)
    this.#frame(channel, room, pushes, 'latest')
  }

  has(key: string): boolean {
    return this.io.of('/').adapter.rooms.has(key)
  }

  #emit(channel: Channel, room: string, pushes: Pushed[]): void {
    const key = roomKey(channel, room)
    for (const run of runsOf(pushes)) this.#frame(channel, room, run, kindOf(run[0]))
    this.#busy.set(key, [])
    setTimeout(() => {
      const waiting = this.#busy.get(key) ?? []
      if (waiting.length > 0) this.#emit(channel, room, waiting)
      else this.#busy.delete(key)
    }, gather).unref()
  }

  #frame(channel: Channel, room: string, pushes: Pushed[], kind: PushContract['kind']): void {
    const key = roomKey(channel, room)
    const frame: PushFrame = { room, pushes }
    const members = kind === 'latest' ? this.io.local.to(key) : this.io.to(key)
    // Not Socket.IO's own `volatile`: that drops what comes in one turn with another frame, however fast one reads.
    const ready = kind === 'stream' ? members : members.except(slowRoom)
    ready.emit(`${channel.name}:push`, frame)
  }
}

function kindOf(pushed: Pushed | undefined): 'stream' | 'volatile' {
  return pushed?.seq === undefined ? 'volatile' : 'stream'
}

/** In the order they came, cut where the kind changes: who is slow is spared the volatile ones, and those alone. */
function runsOf(pushes: Pushed[]): Pushed[][] {
  const runs: Pushed[][] = []
  for (const pushed of pushes) {
    const run = runs.at(-1)
    if (run && kindOf(run[0]) === kindOf(pushed)) run.push(pushed)
    else runs.push([pushed])
  }
  return runs
}
