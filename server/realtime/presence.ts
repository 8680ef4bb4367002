import { type PresencePaint, presence, type Whereabouts } from '#channels/presence'
import { container } from '#server/container'
import { findGoneNodes } from '#server/models/node'
import { firstPaint } from './first-paint'
import type { LatestBoard } from './latest-board'
import type { Departure } from './membership'
import type { NodeMessages } from './node-messages'
import { PresenceRoom, type Tab } from './presence-room'
import type { MemberContext } from './serve'
import { sessionEnded } from './session-end'

interface PresenceOptions {
  /** How long a tab whose line was cut counts as being there, in milliseconds: a reload takes less. */
  leaveAfter?: number
  /** The most tabs of one room that this node lists for others. */
  mostListed?: number
  /** How often nodes that are gone are looked for, in milliseconds. */
  lookEvery?: number
}

/**
 * Who is in which room, by the tabs of this node; the board (latest-board.ts) shows it to all members on all
 * nodes. A tab is there from its join on. It is gone at once when it leaves or its session ends; when its line is
 * cut it stays a while, so that a reload shows on no other screen, and the tab with which its session comes back
 * to this node takes its place.
 */
export class Presence {
  readonly #rooms = new Map<string, PresenceRoom>()
  readonly #leaveAfter: number
  readonly #mostListed: number
  readonly #looking: NodeJS.Timeout

  constructor(
    private readonly board: LatestBoard,
    nodeMessages: NodeMessages,
    { leaveAfter = 15_000, mostListed = 200, lookEvery = 5_000 }: PresenceOptions = {},
  ) {
    this.#leaveAfter = leaveAfter
    this.#mostListed = mostListed
    this.#looking = setInterval(() => void this.#dropGoneNodes(), lookEvery).unref()
    nodeMessages.listen(sessionEnded, ({ id }) => this.#endSession(id))
  }

  /** A socket has joined a presence room; run what this returns when it is no member any more. */
  enter({ session, room, socketId }: MemberContext): (departure: Departure) => void {
    const place = this.#rooms.get(room) ?? new PresenceRoom(this.board, room, this.#mostListed)
    this.#rooms.set(room, place)
    const { id, name } = session.user
    const entered = place.find(socketId)
    if (entered) {
      // The same socket, let in anew (readmission.ts): its person may have another name.
      clearTimeout(entered.leaving)
      entered.leaving = undefined
      place.change(entered, { user: { id, name } })
      return (departure) => this.#leave(room, place, entered, departure)
    }
    const before = place.findLeaving(session)
    const { idle, part, since } = before?.entry ?? { idle: false, part: null, since: Date.now() }
    // Enough of the socket's id to tell the tabs of one person apart.
    const entry = { user: { id, name }, tab: socketId.slice(0, 8), idle, part, since }
    const tab: Tab = { socketId, session, entry }
    place.add(tab)
    if (before) place.remove(before)
    return (departure) => this.#leave(room, place, tab, departure)
  }

  /** A member's tab is somewhere else on its page, or is looked at no more, or again. */
  move({ session, room, socketId }: MemberContext, whereabouts: Whereabouts): void {
    const place = this.#rooms.get(room)
    const tab = place?.find(socketId)
    const { id, name } = session.user
    // Its session may have ended while it asked; its person may have another name by now.
    if (place && tab) place.change(tab, { user: { id, name }, ...whereabouts })
  }

  /** Puts everything on the board again: other nodes took this one for dead, and have dropped it. */
  putAgain(): void {
    for (const place of this.#rooms.values()) place.putAgain()
  }

  /** Forgets all tabs. Other nodes drop them once this one is gone, by when most have come back to one of them. */
  close(): void {
    clearInterval(this.#looking)
    for (const place of this.#rooms.values()) for (const { leaving } of place.tabs) clearTimeout(leaving)
    this.#rooms.clear()
  }

  #leave(room: string, place: PresenceRoom, tab: Tab, departure: Departure): void {
    // Gone already with its session.
    if (place.find(tab.socketId) !== tab) return
    if (departure === 'left') this.#remove(room, place, tab)
    else tab.leaving = setTimeout(() => this.#remove(room, place, tab), this.#leaveAfter).unref()
  }

  /** Its sockets are closed by others, here before this or elsewhere after it. */
  #endSession(id: string): void {
    for (const [room, place] of this.#rooms) {
      for (const tab of place.tabs) if (tab.session.id === id) this.#remove(room, place, tab)
    }
  }

  /**
   * Whoever was there by way of a node that is gone is there no more. Every node looks for itself, in the database:
   * the word that a node is dead could be lost between nodes, and it would show people for ever.
   */
  async #dropGoneNodes(): Promise<void> {
    const others = [...this.board.ownersIn(presence)].filter((id) => id !== this.board.node)
    if (others.length === 0) return
    try {
      for (const id of await findGoneNodes(others)) this.board.dropOwner(presence, id)
    } catch (error) {
      container().log.warn({ err: error }, 'gone nodes could not be looked for; it is tried again')
    }
  }

  #remove(room: string, place: PresenceRoom, tab: Tab): void {
    place.remove(tab)
    if (place.isEmpty) this.#rooms.delete(room)
  }
}

/** Who is in a presence room, for the first paint of a page that shows it. */
export function openPresence(room: string): Promise<PresencePaint> {
  return firstPaint(presence, room, async () => ({}))
}
