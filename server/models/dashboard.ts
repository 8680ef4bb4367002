import {
  barMinutes,
  chartMinutes,
  type Figures,
  type Output,
  type Sales,
  type Scope,
  type Stock,
} from '#channels/dashboard'
import { productLine } from '#channels/product'
import { Backlog } from '#server/models/dashboard-backlog'
import { productionSource } from '#server/models/dashboard-production'
import { salesSource } from '#server/models/dashboard-sales'
import { readStock, StockLevels } from '#server/models/dashboard-stock'
import { MinuteLedger } from '#server/models/minute-ledger'
import { dayOf, firstBar, midnight, minute, minuteOf, sameTimeYesterday } from '#server/models/wall-clock'

/** What one room shows, by the names of its pushes. */
export interface Measured {
  measured: Figures
  sold: Sales
  made: Output
  stocked: Stock
}

/** Over how many minutes the rate of production is measured. */
const rateMinutes = 10

/**
 * The figures of the whole workshop and of each of its lines, over the rows as they are: read together, by six
 * statements, whatever the number of those who want to know. A day is one of the server's time zone.
 */
export class Workshop {
  readonly #sales = new MinuteLedger(salesSource)
  readonly #production = new MinuteLedger(productionSource)
  readonly #backlog = new Backlog()
  #stock = new StockLevels([])
  #at = 0
  #took = 0

  async measure(): Promise<void> {
    const began = performance.now()
    const at = await this.#backlog.follow()
    await this.#sales.follow(minuteOf(midnight(at, -1)), at)
    await this.#production.follow(firstBar(at), at)
    this.#stock = await readStock()
    this.#at = at
    this.#took = Math.round(performance.now() - began)
  }

  /** Of the moment it was measured. */
  of(scope: Scope): Measured {
    return {
      measured: this.#figures(scope),
      sold: this.#sold(scope),
      made: this.#made(scope),
      stocked: this.#stock.levels(scope),
    }
  }

  #figures(scope: Scope): Figures {
    const at = this.#at
    const since = midnight(at, 0)
    const now = minuteOf(at) + 1
    const today = this.#sales.sum(scope, minuteOf(since), now)
    const before = this.#sales.sum(scope, minuteOf(midnight(at, -1)), minuteOf(sameTimeYesterday(at)) + 1)
    return {
      at,
      took: this.#took,
      day: { since, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      orders: { today: today.count, before: before.count },
      revenue: { today: today.cents, before: before.cents },
      backlog: this.#backlog.counts(scope, dayOf(at)),
      rate: (this.#production.sum(scope, now - rateMinutes, now).count * 60) / rateMinutes,
      short: this.#stock.short(scope),
    }
  }

  #sold(scope: Scope): Sales {
    const first = minuteOf(this.#at) + 1 - chartMinutes
    const sums = Array.from({ length: chartMinutes }, (_, nth) => this.#sales.at(scope, first + nth))
    return { from: first * minute, orders: sums.map(({ count }) => count), cents: sums.map(({ cents }) => cents) }
  }

  #made(scope: Scope): Output {
    const first = firstBar(this.#at)
    const lines = productLine.options.filter((line) => scope === 'all' || scope === line)
    const bars = (line: Scope) =>
      Array.from({ length: chartMinutes / barMinutes }, (_, nth) => {
        const from = first + nth * barMinutes
        return this.#production.sum(line, from, from + barMinutes).count
      })
    return { from: first * minute, lines: lines.map((line) => ({ line, pieces: bars(line) })) }
  }
}
