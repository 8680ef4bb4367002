import { type SessionTab, sessions } from '#channels/session'
import { container } from '#server/container'
import type { Connection } from '#server/models/connection'
import { findGoneNodes } from '#server/models/node'
import { touchSessions } from '#server/models/session'
import type { LatestBoard } from './latest-board'
import { publish } from './publish'
import type { ConnectionRegistry } from './registry'

interface SessionTabsOptions {
  /** The most tabs of one person that this node shows. */
  mostShown?: number
  /** How long the ends of last tabs wait for each other before they are written, in milliseconds. */
  writeEvery?: number
  /** How often nodes that are gone are looked for, in milliseconds. */
  lookEvery?: number
}

/**
 * Shows each person their open sockets, live, in the room `session/<user id>`: this node puts its own on the board
 * (latest-board.ts), which all nodes share. When the last socket of a session closes here, that is when it was
 * last seen.
 */
export class SessionTabs {
  readonly #shown = new Map<string, Map<string, SessionTab>>()
  readonly #unseen = new Set<string>()
  readonly #mostShown: number
  readonly #writeEvery: number
  readonly #looking: NodeJS.Timeout
  #writing: NodeJS.Timeout | undefined

  constructor(
    private readonly board: LatestBoard,
    registry: ConnectionRegistry,
    { mostShown = 100, writeEvery = 1_000, lookEvery = 5_000 }: SessionTabsOptions = {},
  ) {
    this.#mostShown = mostShown
    this.#writeEvery = writeEvery
    this.#looking = setInterval(() => void this.#dropGoneNodes(), lookEvery).unref()
    registry.follow({
      changed: (connection) => this.#put(connection),
      closed: (connection) => this.#withdraw(connection),
    })
  }

  /** Puts everything on the board again: other nodes took this one for dead, and have dropped it. */
  putAgain(): void {
    for (const [userId, tabs] of this.#shown) {
      for (const tab of tabs.values()) this.board.put(sessions, userId, 'opened', tab)
    }
  }

  /** Call it when all sockets are closed: writes when the last of them were seen. */
  async close(): Promise<void> {
    clearInterval(this.#looking)
    clearTimeout(this.#writing)
    await this.#write()
  }

  #put({ id, userId, sessionId, path, address, since, roundTrip }: Connection): void {
    if (userId === null || sessionId === null) return
    const tabs = this.#shown.get(userId) ?? new Map<string, SessionTab>()
    const before = tabs.get(id)
    if (before ? alike(before.roundTrip, roundTrip) : tabs.size >= this.#mostShown) return
    const tab = { id, sessionId, path, address, since, roundTrip }
    tabs.set(id, tab)
    this.#shown.set(userId, tabs)
    this.board.put(sessions, userId, 'opened', tab)
  }

  #withdraw({ id, userId }: Connection): void {
    const tabs = userId === null ? undefined : this.#shown.get(userId)
    const tab = tabs?.get(id)
    if (userId === null || !tabs || !tab) return
    tabs.delete(id)
    if (tabs.size === 0) this.#shown.delete(userId)
    this.board.withdraw(sessions, userId, 'opened', id)
    const { sessionId } = tab
    if ([...tabs.values()].some((other) => other.sessionId === sessionId)) return
    this.#unseen.add(sessionId)
    this.#writing ??= setTimeout(() => void this.#write(), this.#writeEvery).unref()
    void publish(sessions, userId, 'seen', { sessionId, at: Date.now() })
  }

  /** After a restart everyone's line is cut at once: hence all in one statement. Handles its errors. */
  async #write(): Promise<void> {
    this.#writing = undefined
    const ids = [...this.#unseen]
    this.#unseen.clear()
    if (ids.length === 0) return
    try {
      await touchSessions(ids)
    } catch (error) {
      container().log.warn({ err: error }, 'when sessions were last seen could not be written')
    }
  }

  /** As for presence (presence.ts): every node looks for itself, since the word of a death may be lost. */
  async #dropGoneNodes(): Promise<void> {
    const others = [...this.board.ownersIn(sessions)].filter((id) => id !== this.board.node)
    if (others.length === 0) return
    try {
      for (const id of await findGoneNodes(others)) this.board.dropOwner(sessions, id)
    } catch (error) {
      container().log.warn({ err: error }, 'gone nodes could not be looked for; it is tried again')
    }
  }
}

/** Every socket is measured all the time: what nobody would see the difference of is not worth a push. */
function alike(before: number | null, now: number | null): boolean {
  if (before === null || now === null) return before === now
  return Math.abs(now - before) < Math.max(5, before / 5)
}
