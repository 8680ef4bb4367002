import { historyLength, type PriceHistory, type Quote } from '#channels/ticker'

type Listener = () => void

/** What of a symbol one may hear of: its newest quote, or its prices of the last minute. */
export type Topic = 'quote' | 'prices'

/** What a screen has been sent since it opened, all told. */
export interface Traffic {
  frames: number
  values: number
  /** Quotes the server has heard and this screen was not sent: newer ones took their place. */
  skipped: number
}

/**
 * The quotes of one screen, by symbol. It knows no React: at fifty frames a second only those rows are to be rendered
 * whose quote has changed.
 */
export class QuoteBook {
  readonly #quotes = new Map<string, Quote>()
  readonly #prices: Map<string, readonly number[]>
  readonly #listeners = { quote: new Map<string, Set<Listener>>(), prices: new Map<string, Set<Listener>>() }
  readonly #symbolListeners = new Set<Listener>()
  readonly traffic: Traffic = { frames: 0, values: 0, skipped: 0 }
  #symbols: readonly string[] = []

  constructor(quotes: Iterable<Quote>, history: PriceHistory) {
    this.#prices = new Map(Object.entries(history))
    this.#take(quotes)
  }

  /** In the order of the alphabet; the same array as long as they are the same. */
  get symbols(): readonly string[] {
    return this.#symbols
  }

  quote(symbol: string): Quote | undefined {
    return this.#quotes.get(symbol)
  }

  /** One a second, the oldest first; the same array until the next. */
  prices(symbol: string): readonly number[] {
    return this.#prices.get(symbol) ?? none
  }

  /** All the values there are, as they came with a join. */
  replace(quotes: Iterable<Quote>): void {
    this.#take(quotes)
  }

  /** The same after a frame, which is counted with what it brought. */
  frame(quotes: Iterable<Quote>): void {
    this.traffic.frames++
    for (const { now, before } of this.#take(quotes)) {
      this.traffic.values++
      // Another node's count begins anew.
      if (before && now.number > before.number) this.traffic.skipped += now.number - before.number - 1
    }
  }

  /** A second has passed for one part of the symbols of so many: those of all at once would be a long task on a phone. */
  sample(part = 0, parts = 1): void {
    for (const [index, symbol] of this.#symbols.entries()) {
      const { price } = this.#quotes.get(symbol) ?? {}
      if (index % parts !== part || price === undefined) continue
      this.#prices.set(symbol, [...this.prices(symbol), price].slice(-historyLength))
      this.#tell('prices', symbol)
    }
  }

  /** Hears when what there is of a symbol is another. Gives what ends it. */
  subscribe(topic: Topic, symbol: string, listener: Listener): () => void {
    const listeners = this.#listeners[topic].get(symbol) ?? new Set()
    this.#listeners[topic].set(symbol, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  /** Hears when there are other symbols. Gives what ends it. */
  readonly subscribeSymbols = (listener: Listener): (() => void) => {
    this.#symbolListeners.add(listener)
    return () => void this.#symbolListeners.delete(listener)
  }

  /** Gives those that have changed: the room keeps those that have not as the same objects. */
  #take(quotes: Iterable<Quote>): { now: Quote; before: Quote | undefined }[] {
    const changed: { now: Quote; before: Quote | undefined }[] = []
    for (const now of quotes) {
      const before = this.#quotes.get(now.symbol)
      if (before === now) continue
      this.#quotes.set(now.symbol, now)
      changed.push({ now, before })
    }
    for (const { now } of changed) this.#tell('quote', now.symbol)
    if (changed.some(({ before }) => !before)) {
      this.#symbols = [...this.#quotes.keys()].sort()
      for (const listener of this.#symbolListeners) listener()
    }
    return changed
  }

  #tell(topic: Topic, symbol: string): void {
    for (const listener of this.#listeners[topic].get(symbol) ?? []) listener()
  }
}

const none: readonly number[] = []
