import { Random } from '#server/random'

/** A price at a moment (milliseconds since 1970). `change` is against the first price of the walk, in percent. */
export interface Quote {
  symbol: string
  price: number
  change: number
  at: number
}

/** Fifty companies that do not exist. */
export const symbols: readonly string[] = (
  'ACME ALTO AMBR APEX ARGO ATOM AURA BASE BLUE BOLT CALM CEDR CLAY COBA COVE DAWN DELT DUNE ECHO EMBR ' +
  'FERN FLUX FROS GALE GLEN HALO HAZE IRIS JADE KITE LARK LIME LUNA MAPL MIST NOVA OAKS ONYX OPAL ORBT ' +
  'PINE QUIL REEF RUNE SAGE SOLR TIDE UMBR VALE ZEST'
).split(' ')

/** How often prices move, in milliseconds, and which part of them: ten times a second for each, some always. */
const tick = 20
const moving = 0.2
/** The standard deviation of one move. */
const volatility = 0.0008

/**
 * An exchange whose prices walk at random (a geometric random walk: Osborne, "Brownian Motion in the Stock Market",
 * 1959), the same for the same seed. It stands still while nobody listens.
 */
export class Exchange {
  readonly #listeners = new Set<(quotes: Quote[]) => void>()
  readonly #random: Random
  readonly #prices: Map<string, { first: number; price: number; at: number }>
  #timer: NodeJS.Timeout | undefined

  constructor(seed: number) {
    this.#random = new Random(seed)
    this.#prices = new Map(
      symbols.map((symbol) => {
        const price = this.#random.between(1_000, 50_000) / 100
        return [symbol, { first: price, price, at: Date.now() }]
      }),
    )
  }

  /** All quotes as they are now. */
  get quotes(): Quote[] {
    return symbols.map((symbol) => this.#quote(symbol))
  }

  /** Hears the quotes that have moved, fifty times a second. Gives what ends it. */
  hear(listener: (quotes: Quote[]) => void): () => void {
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => {
      const moved = this.move(Date.now())
      for (const listener of this.#listeners) listener(moved)
    }, tick).unref()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  /** Whether it runs. */
  get open(): boolean {
    return this.#timer !== undefined
  }

  /** Moves some of the prices once, and gives their quotes. */
  move(at: number): Quote[] {
    return symbols.flatMap((symbol) => {
      const known = this.#prices.get(symbol)
      if (!known || this.#random.next() > moving) return []
      const price = Math.max(0.01, Math.round(known.price * Math.exp(volatility * this.#normal()) * 100) / 100)
      this.#prices.set(symbol, { ...known, price, at })
      return [this.#quote(symbol)]
    })
  }

  #quote(symbol: string): Quote {
    const { first = 1, price = 1, at = 0 } = this.#prices.get(symbol) ?? {}
    return { symbol, price, change: Math.round((price / first - 1) * 10_000) / 100, at }
  }

  /** Normally distributed (Box and Muller, 1958). */
  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random.next())) * Math.cos(2 * Math.PI * this.#random.next())
  }
}
