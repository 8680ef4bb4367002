import type { OrderPage, OrderQuery, OrderRow } from '#channels/orders'

interface Asked {
  query: OrderQuery
  shown: string[]
}
interface Answer {
  page: OrderPage
  shown: OrderRow[]
}
export type Ask = (asked: Asked) => Promise<Answer>

/** What is on screen: rows stay where they are, as they are now, until the person asks for the page as it is now. */
export interface Listed {
  /** Of the rows on screen. While another is asked for they are still those of the one before. */
  query: OrderQuery
  rows: OrderRow[]
  /** As the server answered last. */
  page: OrderPage
  /** Orders of the page that are not on screen. */
  fresh: number
  /** The page is in another order, or has lost some. */
  moved: boolean
  busy: boolean
  failure: unknown
}

/** How long from one question to the next when something has changed, in milliseconds. */
const pause = 500

/**
 * Follows one page of a list of which pushes say no more than that it has changed: asks for it anew, at most twice a
 * second, one question at a time, and none while nobody looks.
 */
export class Listing {
  #listed: Listed
  #wanted: OrderQuery
  #ask: Ask | undefined
  #asking = false
  #changed = false
  #hidden = false
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(query: OrderQuery, page: OrderPage) {
    this.#wanted = query
    this.#listed = { query, rows: page.rows, page, fresh: 0, moved: false, busy: false, failure: undefined }
  }

  get listed(): Listed {
    return this.#listed
  }

  /** Nothing is on its way, and nothing is to be asked. */
  get atRest(): boolean {
    return !this.#asking && !this.#changed
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** By whom to ask; nobody while the line is cut. What was there to ask is asked then. */
  connect(ask: Ask | undefined): void {
    this.#ask = ask
    if (!ask) return
    this.#changed = true
    this.#run(this.#wanted === this.#listed.query ? pause : 0)
  }

  /** Another query takes the place of the one on screen as soon as it is answered. */
  look(query: OrderQuery): void {
    this.#wanted = query
    this.#set({ busy: true })
    this.#changed = true
    this.#run(0)
  }

  refresh(): void {
    this.#changed = true
    this.#run(pause)
  }

  hide(hidden: boolean): void {
    this.#hidden = hidden
    if (!hidden && this.#changed) this.#run(0)
  }

  /** The page as it is now takes the place of the rows on screen. */
  show(): void {
    const { page } = this.#listed
    this.#set({ rows: page.rows, fresh: 0, moved: false })
  }

  #run(after: number): void {
    if (this.#asking) return
    if (after === 0) this.#stopWaiting()
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#once()
    }, after)
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #once(): Promise<void> {
    if (!this.#ask || this.#asking || !this.#changed || (this.#hidden && this.#wanted === this.#listed.query)) return
    const query = this.#wanted
    this.#asking = true
    this.#changed = false
    const shown = this.#listed.rows.map(({ id }) => id)
    try {
      const answer = await this.#ask({ query, shown })
      // Of another query than is wanted by now: the next answer is on its way.
      if (query === this.#wanted) this.#put(query, answer)
    } catch (failure) {
      this.#set({ failure, busy: false })
    }
    this.#asking = false
    if (this.#changed) this.#run(query === this.#wanted ? pause : 0)
  }

  #put(query: OrderQuery, { page, shown }: Answer): void {
    const same = query === this.#listed.query
    const now = new Map(shown.map((row) => [row.id, row]))
    // What was on an empty screen cannot move.
    const rows = same && shown.length > 0 ? this.#listed.rows.map((row) => now.get(row.id) ?? row) : page.rows
    const on = new Set(rows.map(({ id }) => id))
    const fresh = page.rows.filter(({ id }) => !on.has(id)).length
    const moved = page.rows.length !== rows.length || page.rows.some(({ id }, place) => rows[place]?.id !== id)
    this.#set({ query, rows, page, fresh, moved, busy: false, failure: undefined })
  }

  #set(change: Partial<Listed>): void {
    this.#listed = { ...this.#listed, ...change }
    for (const listener of this.#listeners) listener()
  }
}
