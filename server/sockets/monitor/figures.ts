import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Counter } from 'prom-client'
import type { NodeFigures } from '#channels/monitor'
import { container } from '#server/container'

/** How often the delay of the event loop is sampled, in milliseconds; each sample holds as much of waiting on purpose. */
const sampleEvery = 20
/** Rates over a longer time than this say nothing about now, in milliseconds. */
const freshFor = 5_000

interface Totals {
  calls: number
  pushes: number
  deliveries: number
}

/** What this node does: what stands now, and what was counted since it was last asked. */
export class Figures {
  #before: { at: number; totals: Totals } | undefined
  #delay: IntervalHistogram | undefined
  #resting: NodeJS.Timeout | undefined

  /** `changes` is passed on. */
  async measure(changes: number): Promise<NodeFigures> {
    const { metrics, node, registry } = container()
    const [calls, pushes, deliveries] = await Promise.all([
      total(metrics.calls),
      total(metrics.pushes),
      total(metrics.deliveries),
    ])
    const paths = new Map<string, number>()
    const rooms = new Set<string>()
    const waiting = { sum: 0, most: 0 }
    for (const connection of registry.own()) {
      paths.set(connection.path, (paths.get(connection.path) ?? 0) + 1)
      for (const room of connection.rooms) rooms.add(room)
      const bytes = connection.waitingBytes?.() ?? 0
      waiting.sum += bytes
      waiting.most = Math.max(waiting.most, bytes)
    }
    return {
      node: node.id,
      at: Date.now(),
      paths: Array.from(paths, ([path, open]) => ({ path, open })),
      rooms: rooms.size,
      rates: this.#rates({ calls, pushes, deliveries }),
      waiting,
      lag: this.#lag(),
      changes,
    }
  }

  stop(): void {
    clearTimeout(this.#resting)
    this.#delay?.disable()
    this.#delay = undefined
  }

  #rates(totals: Totals): NodeFigures['rates'] {
    const at = performance.now()
    const before = this.#before
    this.#before = { at, totals }
    if (!before || at - before.at > freshFor) return null
    const perSecond = (now: number, then: number) => ((now - then) * 1_000) / (at - before.at)
    return {
      calls: perSecond(totals.calls, before.totals.calls),
      pushes: perSecond(totals.pushes, before.totals.pushes),
      deliveries: perSecond(totals.deliveries, before.totals.deliveries),
    }
  }

  /** Sampled only while somebody asks. */
  #lag(): number | null {
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.stop(), freshFor).unref()
    const delay = this.#delay
    if (!delay) {
      this.#delay = monitorEventLoopDelay({ resolution: sampleEvery })
      this.#delay.enable()
      return null
    }
    const longest = delay.max / 1_000_000 - sampleEvery
    delay.reset()
    return Math.max(0, longest)
  }
}

async function total(counter: Counter): Promise<number> {
  const { values } = await counter.get()
  return values.reduce((sum, { value }) => sum + value, 0)
}
