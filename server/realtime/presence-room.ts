import { isDeepStrictEqual } from 'node:util'
import { type PresenceEntry, presence } from '#channels/presence'
import type { LatestBoard } from './latest-board'

/** One tab in one room: what others see of it, and whose it is. */
export interface Tab {
  readonly socketId: string
  readonly session: { id: string; user: { id: string } }
  entry: PresenceEntry
  /** Runs while its line is cut: when it fires, the tab is gone. */
  leaving?: NodeJS.Timeout
}

interface Visitor {
  tabs: Set<Tab>
  listed: number
}

/**
 * The tabs of this node in one room. In a room of thousands no screen could show them all, and each would be sent
 * them all: the board lists those that came first, and when one goes, the next in line takes its place. Of the
 * people beyond, it has the number.
 */
export class PresenceRoom {
  readonly #tabs = new Map<string, Tab>()
  readonly #waiting = new Set<Tab>()
  readonly #visitors = new Map<string, Visitor>()
  #listedPeople = 0
  #others = 0

  constructor(
    private readonly board: LatestBoard,
    private readonly room: string,
    private readonly mostListed: number,
  ) {}

  get isEmpty(): boolean {
    return this.#tabs.size === 0
  }

  get tabs(): Iterable<Tab> {
    return this.#tabs.values()
  }

  find(socketId: string): Tab | undefined {
    return this.#tabs.get(socketId)
  }

  /** A tab of this session whose line was cut. */
  findLeaving({ id, user }: Tab['session']): Tab | undefined {
    const tabs = this.#visitors.get(user.id)?.tabs ?? []
    return [...tabs].find(({ leaving, session }) => leaving && session.id === id)
  }

  add(tab: Tab): void {
    const { id } = tab.session.user
    const visitor = this.#visitors.get(id) ?? { tabs: new Set(), listed: 0 }
    this.#visitors.set(id, visitor)
    visitor.tabs.add(tab)
    this.#tabs.set(tab.socketId, tab)
    this.#waiting.add(tab)
    this.#settle()
  }

  change(tab: Tab, change: Partial<PresenceEntry>): void {
    const entry = { ...tab.entry, ...change }
    if (isDeepStrictEqual(entry, tab.entry)) return
    tab.entry = entry
    if (!this.#waiting.has(tab)) this.#put(tab)
  }

  remove(tab: Tab): void {
    const visitor = this.#visitors.get(tab.session.user.id)
    if (!visitor || !this.#tabs.delete(tab.socketId)) return
    clearTimeout(tab.leaving)
    visitor.tabs.delete(tab)
    if (visitor.tabs.size === 0) this.#visitors.delete(tab.session.user.id)
    if (!this.#waiting.delete(tab)) {
      this.board.withdraw(presence, this.room, 'present', presence.pushes.present.key(tab.entry))
      if (--visitor.listed === 0) this.#listedPeople--
    }
    this.#settle()
  }

  /** Puts on the board again what others have taken off it: they took this node for dead. */
  putAgain(): void {
    for (const tab of this.tabs) if (!this.#waiting.has(tab)) this.#put(tab)
    this.#putOthers()
  }

  #settle(): void {
    for (const tab of this.#waiting) {
      if (this.#tabs.size - this.#waiting.size >= this.mostListed) break
      this.#waiting.delete(tab)
      this.#put(tab)
      const visitor = this.#visitors.get(tab.session.user.id)
      if (visitor && visitor.listed++ === 0) this.#listedPeople++
    }
    const others = this.#visitors.size - this.#listedPeople
    if (others === this.#others) return
    this.#others = others
    this.#putOthers()
  }

  #put({ entry }: Tab): void {
    this.board.put(presence, this.room, 'present', entry)
  }

  #putOthers(): void {
    const { node } = this.board
    if (this.#others > 0) this.board.put(presence, this.room, 'others', { node, people: this.#others })
    else this.board.withdraw(presence, this.room, 'others', node)
  }
}
