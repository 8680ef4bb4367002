import { historyLength, type PriceHistory, type Quote } from '#channels/ticker'
import type { ExchangeQuote } from './exchange-frame'

/** So many symbols are kept; an exchange with more is heard of these alone. */
const mostSymbols = 200

/** The newest quote of each symbol, numbered as they came. */
export class Tape {
  readonly #quotes = new Map<string, Quote>()
  readonly #first = new Map<string, number>()

  get quotes(): Quote[] {
    return [...this.#quotes.values()]
  }

  /** What another node has heard before this one takes over: counting goes on where that one has come to. */
  adopt(quotes: Quote[]): void {
    for (const one of quotes) {
      const { number = 0 } = this.#quotes.get(one.symbol) ?? {}
      if (one.number > number) this.#quotes.set(one.symbol, one)
    }
  }

  /** Gives those that were taken, as they are from now on. */
  take(heard: ExchangeQuote[]): Quote[] {
    return heard.flatMap(({ symbol, price, change }) => {
      const known = this.#quotes.get(symbol)
      if (!known && this.#quotes.size >= mostSymbols) return []
      const first = this.#first.get(symbol) ?? price
      this.#first.set(symbol, first)
      const taken = {
        symbol,
        price,
        change: change ?? Math.round((price / first - 1) * 10_000) / 100,
        number: (known?.number ?? 0) + 1,
      }
      this.#quotes.set(symbol, taken)
      return [taken]
    })
  }
}

/** The prices of the last minute, one a second: what a screen draws before it has heard any itself. */
export class History {
  readonly #prices = new Map<string, number[]>()

  get all(): PriceHistory {
    return Object.fromEntries(this.#prices)
  }

  note(quotes: Pick<Quote, 'symbol' | 'price'>[]): void {
    for (const { symbol, price } of quotes) {
      const before = this.#prices.get(symbol) ?? []
      this.#prices.set(symbol, [...before, price].slice(-historyLength))
    }
  }
}
