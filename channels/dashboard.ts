import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream } from './contract'
import { productLine } from './product'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)
const count = z.int().nonnegative()
const cents = z.int().nonnegative()

/** What the figures are of: the whole workshop, or one of its product lines. */
export const scope = z.enum(['all', ...productLine.options])
export type Scope = z.infer<typeof scope>

/** The room in which the simulator is told of, and operated. */
export const simulatorRoom = 'simulator'

/** How many minutes back the charts go, and how many of them make one bar of production. */
export const chartMinutes = 60
export const barMinutes = 5

/** A product that is short, or a level of the stock chart: pieces that are there, and how many there must be. */
const level = z.object({ sku: z.string(), name: z.string(), stock: z.int(), minimum: count })
export type Level = z.infer<typeof level>

/**
 * The tiles, as they were `at` that moment by the database's clock. An order is of a line when it has a position of
 * it; its money is then that of those positions. Cancelled orders do not count. A day begins `since` midnight in the
 * `zone` of the server; `before` is what yesterday had come to by the end of this minute. `rate` is in pieces per
 * hour, over the last ten minutes. `worst` are the first few of what is short. `took` is how long the server measured,
 * for all rooms and viewers together, in milliseconds.
 */
export const figures = z.object({
  at: moment,
  took: count,
  day: z.object({ since: moment, zone: z.string() }),
  orders: z.object({ today: count, before: count }),
  revenue: z.object({ today: cents, before: cents }),
  backlog: z.object({ open: count, producing: count, overdue: count }),
  rate: count,
  short: z.object({ count, products: count, worst: z.array(level).max(5) }),
})
export type Figures = z.infer<typeof figures>

/** The orders and their money by minute, the first of which begins at `from`; the last one is this minute so far. */
export const sales = z.object({
  from: moment,
  orders: z.array(count).length(chartMinutes),
  cents: z.array(cents).length(chartMinutes),
})
export type Sales = z.infer<typeof sales>

const bars = chartMinutes / barMinutes

/** The pieces made by each line in five minutes each, the first of which begin at `from`. */
export const output = z.object({
  from: moment,
  lines: z.array(z.object({ line: productLine, pieces: z.array(count).length(bars) })),
})
export type Output = z.infer<typeof output>

/** The stock of each line, by its sums, or of the products of one line: of `more` than fit, those that lack most. */
export const stock = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('lines'),
    levels: z.array(level.pick({ stock: true, minimum: true }).extend({ line: productLine })),
  }),
  z.object({ of: z.literal('products'), levels: z.array(level).max(24), more: count }),
])
export type Stock = z.infer<typeof stock>

/** How many orders a minute the simulator may place. */
export const speed = z.int('Choose a whole number.').min(1, 'At least 1 a minute.').max(600, 'At most 600 a minute.')

/** The simulator as an admin has left it: `run` is null while it stands. It stops by itself. `version` counts its changes. */
export const simulator = z.object({
  version: count,
  run: z.object({ by: userRef, since: moment, until: moment, speed }).nullable(),
})
export type Simulator = z.infer<typeof simulator>

/**
 * The figures of the workshop, in one room for all of it and one for each product line, and the simulator in a room of
 * its own. Everyone who is signed in may look; only an admin may operate the simulator, others are `forbidden`.
 * Values are measured once a second while somebody looks, and pushed when they are other than before: the figures,
 * which carry their moment, always.
 *
 * Calls, in the simulator's room, `not-found` in another:
 * - `start` runs it for half an hour from now, or gives one that runs another speed and half an hour from now;
 *   `conflict` where there is nothing to order yet.
 * - `pace` changes the speed of one that runs, `conflict` when it does not.
 * - `stop` stops it; stopping twice is no error.
 */
export const dashboard = defineChannel({
  name: 'dashboard',
  room: z.union([scope, z.literal(simulatorRoom)]),
  state: z.object({ simulator: simulator.nullable() }),
  pushes: {
    measured: latest(figures, () => 'figures'),
    sold: latest(sales, () => 'hour'),
    made: latest(output, () => 'hour'),
    stocked: latest(stock, () => 'levels'),
    switched: stream(simulator),
  },
  calls: {
    start: { input: z.object({ speed }), output: simulator, limit: { burst: 5, perSecond: 1 } },
    pace: { input: z.object({ speed }), output: simulator, limit: { burst: 20, perSecond: 5 } },
    stop: { input: z.object({}), output: simulator, limit: { burst: 5, perSecond: 1 } },
  },
})

export type DashboardPaint = FirstPaint<StateOf<typeof dashboard>>
