import { z } from 'zod'
import { type CloseReason, figuresRoom, monitor } from '#channels/monitor'
import { endReason } from '#channels/wire'
import { container } from '#server/container'
import { Viewers } from '#server/jobs/viewers'
import type { Connection } from '#server/models/connection'
import { defineNodeMessage } from '#server/realtime/node-messages'
import { dropGoneNodes, showOwn } from './board'
import { CloseCounts } from './close-counts'
import { Figures } from './figures'
import { type NewHappening, Timelines } from './timelines'

/** In milliseconds. */
const lookEvery = 1_000
/** A node with viewers asks all nodes, so that of two such each one is asked twice as often. */
const measureEvery = 900

/** Somebody looks at a room of the monitor: each node shows there what it knows. */
const lookedAt = defineNodeMessage('monitor-looked-at', z.object({ room: z.string() }))

/**
 * What the monitor shows of this node. It notes closes and what happens to people all the time, in memory; it
 * measures and shows nothing while nobody on any node looks.
 */
export class Monitor {
  readonly #closes = new CloseCounts()
  readonly #timelines = new Timelines()
  readonly #figures = new Figures()
  /** How many on this node look at each room. */
  readonly #looking = new Map<string, number>()
  readonly #viewers = new Viewers('monitor', lookEvery, () => this.#look())
  #measuredAt = Number.NEGATIVE_INFINITY
  #changes = 0

  /** Once the container is filled: hears the other nodes, and what happens to the sockets of this one. */
  start(): void {
    const { nodeMessages, registry } = container()
    nodeMessages.listen(lookedAt, ({ room }) => {
      this.show(room).catch((error: unknown) => {
        container().log.warn({ err: error }, 'the monitor could not show this node; it is tried again')
      })
    })
    registry.follow({
      changed: (connection) => {
        this.#changes++
        // Measured anew later, it has one.
        if (connection.roundTrip === null) this.#note(connection, { what: 'connected' })
      },
      closed: (connection, reason) => this.#closed(connection, reason),
      moved: (connection, before) => {
        this.#changes++
        const { rooms } = connection
        for (const room of rooms) if (!before.includes(room)) this.#note(connection, { what: 'joined', about: room })
        for (const room of before) if (!rooms.includes(room)) this.#note(connection, { what: 'left', about: room })
      },
      refused: (connection, about, reason) => this.#note(connection, { what: 'refused', about, reason }),
    })
  }

  close(): void {
    this.#figures.stop()
  }

  /** Somebody on this node looks at a room, until what this gives is called. */
  enter(room: string): () => void {
    this.#looking.set(room, (this.#looking.get(room) ?? 0) + 1)
    const leave = this.#viewers.enter()
    return () => {
      const left = (this.#looking.get(room) ?? 1) - 1
      if (left > 0) this.#looking.set(room, left)
      else this.#looking.delete(room)
      leave()
    }
  }

  /** Notes that an admin of this name has written to the person. */
  messaged(userId: string, from: string): void {
    const happened = { socket: '', path: '', what: 'messaged', about: from, reason: null } as const
    this.#timelines.note(container().node.id, userId, happened)
  }

  /** Puts on the board what this node knows of a room. */
  async show(room: string): Promise<void> {
    const { latest, node } = container()
    if (room !== figuresRoom) {
      const keyed = this.#timelines.of(room).map((one) => [`${node.id}/${one.number}`, one] as const)
      return showOwn(room, 'happened', new Map(keyed))
    }
    const counts = this.#closes.of(node.id).map((one) => [`${node.id}/${one.minute}`, one] as const)
    showOwn(room, 'closed', new Map(counts))
    const now = performance.now()
    if (now - this.#measuredAt < measureEvery) return
    this.#measuredAt = now
    latest.put(monitor, room, 'measured', await this.#figures.measure(this.#changes))
  }

  async #look(): Promise<void> {
    for (const room of this.#looking.keys()) container().nodeMessages.tell(lookedAt, { room })
    await dropGoneNodes()
  }

  #closed(connection: Readonly<Connection>, reason: CloseReason): void {
    this.#changes++
    this.#closes.note(reason)
    this.#note(connection, { what: endReason.safeParse(reason).success ? 'ended' : 'closed', reason })
  }

  #note(
    { id, path, userId }: Readonly<Connection>,
    happened: Pick<NewHappening, 'what'> & Partial<Pick<NewHappening, 'about' | 'reason'>>,
  ): void {
    if (userId === null) return
    const socket = id.slice(0, 8)
    this.#timelines.note(container().node.id, userId, { socket, path, about: null, reason: null, ...happened })
  }
}
