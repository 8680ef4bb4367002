import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type ChannelContract, roomKey } from '#channels/contract'
import type { Pushed } from '#channels/wire'
import { usualPace } from './conflation'
import { LatestClock } from './latest-clock'
import { parseLatest, requireLatest } from './latest-push'
import { LatestRoom } from './latest-room'
import { latestValue, mostKeys } from './latest-values'

/**
 * Values of one room on their way to other nodes; `channel` is its name. `pace` is what its contract says, which the
 * board of a node that only hears of the room does not have at hand.
 */
export const sharedValues = z.object({
  channel: z.string(),
  room: z.string(),
  pace: z.number().optional(),
  values: z.array(latestValue),
})
export type SharedValues = z.infer<typeof sharedValues>

/** The members of rooms on this node, as the board sees them. */
export interface Members {
  sendLatest(channel: Pick<ChannelContract, 'name'>, room: string, pushes: Pushed[]): void
  has(key: string): boolean
}

/** How long withdrawals, and rooms in which nothing happens, are remembered, in milliseconds. */
const rememberWithdrawals = 60_000
const rememberRooms = 3_600_000
const lookEvery = 60_000

interface Place extends Pick<SharedValues, 'channel' | 'room'> {
  latest: LatestRoom
}

/**
 * The newest values of all rooms, in memory: a new member gets them all, and the others hear what changes, at most
 * ten times a second for each room, where its contract sets no other pace. A producer never waits, however much it publishes: to put a value here is to
 * have published it. Every node keeps a board with the values of all nodes (latest-nodes.ts) for its own members.
 * Rooms that nobody is in are forgotten when nothing has changed there for an hour.
 */
export class LatestBoard {
  readonly #rooms = new Map<string, Place>()
  readonly #clock = new LatestClock()
  readonly #looking = setInterval(() => this.forget(Date.now()), lookEvery).unref()
  #share: ((shared: SharedValues) => void) | undefined

  /** `node` is the owner of what is published here; `published` hears the name of the channel, for the figures. */
  constructor(
    private readonly members: Members,
    readonly node: string = randomUUID(),
    private readonly published: (channel: string) => void = () => {},
  ) {}

  /** Publishes a value under the key its contract takes from it. Throws as `prepare` does. */
  put(channel: ChannelContract, room: string, push: string, data: unknown): void {
    this.prepare(channel, room, push, data)()
  }

  /**
   * Parses a value, and answers what puts it: a transaction does so when it has been committed, and nothing may
   * fail any more. Throws as `parseLatest` does, and an Error when the room holds 10,000 other values.
   */
  prepare(channel: ChannelContract, room: string, push: string, data: unknown): () => void {
    const parsed = parseLatest(channel, push, data)
    const { key } = parsed
    if (this.#rooms.get(roomKey(channel, room))?.latest.isFullFor(push, key)) {
      throw new Error(`${roomKey(channel, room)} holds ${mostKeys} values; withdraw those that are over`)
    }
    return () => {
      const pushed = { ...parsed, at: this.#clock.next() }
      this.#open(channel.name, room, channel.pace?.(room)).publish({ pushed, owner: this.node })
      this.published(channel.name)
    }
  }

  /** Takes a value off the board and off all screens. A key under which there is none is passed over. */
  withdraw(channel: ChannelContract, room: string, push: string, key: string): void {
    requireLatest(channel, push)
    const place = this.#rooms.get(roomKey(channel, room))
    place?.latest.withdraw({ pushed: { push, key, at: this.#clock.next() }, owner: this.node })
  }

  /** Withdraws, on all nodes, what a node has published in a channel: it is gone, and will not do so itself. */
  dropOwner(channel: ChannelContract, node: string): void {
    for (const place of this.#rooms.values()) {
      if (place.channel !== channel.name) continue
      for (const { push, key } of place.latest.ownedBy(node)) this.withdraw(channel, place.room, push, key)
    }
  }

  /** The nodes that have published what there is in a channel. */
  ownersIn(channel: ChannelContract): Set<string> {
    const places = [...this.#rooms.values()].filter((place) => place.channel === channel.name)
    return new Set(places.flatMap(({ latest }) => latest.owners))
  }

  /** All values of a room as they are now; undefined for a channel that has none by its contract. */
  read(channel: ChannelContract, room: string): Pushed[] | undefined {
    if (!Object.values(channel.pushes).some(({ kind }) => kind === 'latest')) return undefined
    return this.#rooms.get(roomKey(channel, room))?.latest.pushes ?? []
  }

  /**
   * All values of a room, by key, and what was withdrawn in the last minute: for a member that has not heard the
   * room for less than that.
   */
  repair(key: string): Pushed[] {
    return this.#rooms.get(key)?.latest.all.map(({ pushed }) => pushed) ?? []
  }

  /** Takes in what another node has published. */
  merge({ channel, room, pace, values }: SharedValues): void {
    for (const { pushed } of values) this.#clock.hear(pushed.at)
    this.#open(channel, room, pace).merge(values)
  }

  /** From now on `share` hears what is published here, no more often than its members do. */
  shareWith(share: (shared: SharedValues) => void): void {
    this.#share = share
  }

  /** Shares everything, the withdrawals of late included, with nodes that were not there or not listening. */
  shareAll(): void {
    for (const { channel, room, latest } of this.#rooms.values()) {
      this.#share?.({ channel, room, pace: latest.pace, values: latest.all })
    }
  }

  /** Forgets what, at this moment (milliseconds since 1970), has been remembered long enough. */
  forget(now: number): void {
    for (const [key, { latest }] of this.#rooms) {
      latest.forgetBefore(now - rememberWithdrawals)
      if (latest.quietSince(now - rememberRooms) && !this.members.has(key)) this.#rooms.delete(key)
    }
  }

  close(): void {
    clearInterval(this.#looking)
  }

  #open(name: string, room: string, pace = usualPace): LatestRoom {
    const channel = { name }
    const key = roomKey(channel, room)
    const place = this.#rooms.get(key) ?? {
      channel: name,
      room,
      latest: new LatestRoom(
        {
          toMembers: (pushes) => this.members.sendLatest(channel, room, pushes),
          toNodes: (values) => this.#share?.({ channel: name, room, pace, values }),
        },
        pace,
      ),
    }
    this.#rooms.set(key, place)
    return place.latest
  }
}
