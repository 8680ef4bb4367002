import { dashboard, type Figures, figures, type Scope } from '#channels/dashboard'
import { container } from '#server/container'
import { Workshop } from '#server/models/dashboard'
import { Viewers } from './viewers'

/** In milliseconds. */
const measureEvery = 1_000
/** What is younger is not measured again: the timer of the viewers is not exact. */
const freshFor = 900

/**
 * Measures the workshop once a second while somebody on this node looks at any of its rooms, and puts on the board
 * what each of those rooms shows. A page that is rendered meanwhile shows the same measurement.
 *
 * Of several nodes with viewers one measures: who finds a value on the board that another node has put there since it
 * looked last lets that node go on, and takes its place when it stops. So no two nodes' values alternate, and the
 * moments on a screen only go forward. The board itself keeps the newest, by the clock all nodes share.
 */
export class DashboardBoard {
  readonly #workshop = new Workshop()
  /** How many on this node look at each room. */
  readonly #looking = new Map<Scope, number>()
  /** The moment of what the board showed for a room when this node looked last. */
  readonly #seen = new Map<Scope, number>()
  readonly #viewers = new Viewers('dashboard', measureEvery, () => this.#look())
  #measuring: Promise<void> | undefined
  #measuredAt = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY

  /** Somebody on this node looks at a room, until what this gives is called. */
  enter(scope: Scope): () => void {
    this.#looking.set(scope, (this.#looking.get(scope) ?? 0) + 1)
    const leave = this.#viewers.enter()
    return () => {
      const left = (this.#looking.get(scope) ?? 1) - 1
      if (left > 0) this.#looking.set(scope, left)
      else this.#looking.delete(scope)
      leave()
    }
  }

  /** Resolves once the board has what a room shows now: any number of pages within a second cost one measurement. */
  async show(scope: Scope): Promise<void> {
    await this.#measure()
    this.#put(scope)
  }

  async #look(): Promise<void> {
    // Called once more by everyone who comes.
    if (performance.now() - this.#lookedAt < freshFor) return
    this.#lookedAt = performance.now()
    const own = [...this.#looking.keys()].filter((scope) => {
      const at = this.#shown(scope)?.at
      const others = at !== undefined && this.#seen.has(scope) && at !== this.#seen.get(scope)
      if (others) this.#seen.set(scope, at)
      return !others
    })
    if (own.length === 0) return
    await this.#measure()
    for (const scope of own) this.#put(scope)
  }

  /** Whoever asks while it is under way has the same measurement. */
  async #measure(): Promise<void> {
    if (performance.now() - this.#measuredAt < freshFor) return
    this.#measuring ??= this.#begin()
    await this.#measuring
  }

  async #begin(): Promise<void> {
    const began = performance.now()
    try {
      await this.#workshop.measure()
      this.#measuredAt = began
    } finally {
      this.#measuring = undefined
    }
  }

  #put(scope: Scope): void {
    const { latest } = container()
    const { measured, sold, made, stocked } = this.#workshop.of(scope)
    const shown = this.#shown(scope)
    if (shown && shown.at >= measured.at) return
    const before = new Map(latest.read(dashboard, scope)?.map(({ push, data }) => [push, JSON.stringify(data)]))
    latest.put(dashboard, scope, 'measured', measured)
    // As the board has parsed them: their fields stand in the order of the contract.
    const { pushes } = dashboard
    const charts = {
      sold: pushes.sold.data.parse(sold),
      made: pushes.made.data.parse(made),
      stocked: pushes.stocked.data.parse(stocked),
    }
    for (const [push, value] of Object.entries(charts)) {
      if (before.get(push) !== JSON.stringify(value)) latest.put(dashboard, scope, push, value)
    }
    this.#seen.set(scope, measured.at)
  }

  #shown(scope: Scope): Figures | undefined {
    return container()
      .latest.read(dashboard, scope)
      ?.flatMap(({ push, data }) => (push === 'measured' ? [figures.parse(data)] : []))[0]
  }
}
