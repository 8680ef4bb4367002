import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream } from './contract'
import { userRef } from './user'

/** How long is searched for a better plan: each step is about ten times as many attempts as the one before. */
export const effort = z.enum(['quick', 'thorough', 'exhaustive'])
export type Effort = z.infer<typeof effort>

/** What a van carries, in grams, and what it costs in cents: for each tour, and for each kilometre. */
export const vans = {
  small: { carries: 250_000, tourCents: 5_500, kmCents: 42 },
  large: { carries: 600_000, tourCents: 8_500, kmCents: 58 },
}
export const van = z.enum(['small', 'large'])
export type Van = z.infer<typeof van>

/** The working day of a driver, and how it is spent: a tour must fit in. */
export const day = { minutes: 480, kmPerHour: 55, minutesPerStop: 15, minutesPerCrate: 4 }

/** Where something is brought, in kilometres from the workshop. */
export const site = z.object({ id: z.uuid(), name: z.string(), east: z.number(), north: z.number() })
export type Site = z.infer<typeof site>

/** Pieces of one line of the order; a line may be spread over several tours. */
export const load = z.object({
  line: z.int().positive(),
  product: z.string(),
  pieces: z.int().positive(),
  grams: z.int(),
})
export type Load = z.infer<typeof load>

/** `km` is the way to it from the stop before. */
export const stop = z.object({ siteId: z.uuid(), km: z.number(), loads: z.array(load).min(1) })

/** One drive from the workshop and back, its stops in the order of the drive; `km` and `minutes` include the way back. */
export const tour = z.object({
  van,
  stops: z.array(stop).min(1),
  grams: z.int(),
  km: z.number(),
  minutes: z.number(),
  cents: z.int(),
})
export type Tour = z.infer<typeof tour>

/** What a calculation comes to. Money is in cents. */
export const delivery = z.object({
  effort,
  sites: z.array(site),
  tours: z.array(tour),
  cents: z.int(),
  km: z.number(),
  /** What the plan cost from which the search began (the savings method). */
  startCents: z.int(),
  /** No plan can cost less. */
  boundCents: z.int(),
  /** How many changes were tried, and in how many milliseconds. */
  attempts: z.int(),
  took: z.number(),
})
export type Delivery = z.infer<typeof delivery>

/** What of a line of the order counts for its delivery. */
export const plannedLine = z.object({ id: z.uuid(), siteId: z.uuid(), quantity: z.int() })
export type PlannedLine = z.infer<typeof plannedLine>

/**
 * The delivery plan of an order: who had it calculated, when (milliseconds since 1970), and of which lines: when the
 * order has others by now, it is out of date.
 */
export const orderPlan = delivery.extend({ by: userRef.nullable(), at: z.number(), madeOf: z.array(plannedLine) })
export type OrderPlan = z.infer<typeof orderPlan>

/** A calculation under way: `run` tells it from those before and after. */
export const running = z.object({ run: z.uuid(), by: userRef, since: z.number() })
export type Running = z.infer<typeof running>

/** How far a calculation is. It waits while this server calculates others; `best` is the plan to beat so far. */
export const progress = z.object({
  run: z.uuid(),
  effort,
  waiting: z.boolean(),
  done: z.int(),
  total: z.int(),
  best: z.object({ cents: z.int(), tours: z.int(), km: z.number() }).nullable(),
})
export type Progress = z.infer<typeof progress>

/** How a calculation ended. It is lost when the server that calculated has gone. */
export const outcome = z.discriminatedUnion('is', [
  z.object({ is: z.literal('done'), plan: orderPlan }),
  z.object({ is: z.literal('cancelled'), by: userRef }),
  z.object({ is: z.literal('failed'), why: z.string() }),
  z.object({ is: z.literal('lost') }),
])
export type Outcome = z.infer<typeof outcome>

/**
 * The delivery plan of a work order; the room is the order's id. One person calculates at a time, and every screen
 * that has the order open sees who and how far.
 * `calculate` answers `conflict` while another is at it, for an order that is done or cancelled, and for one that no
 * van can deliver; `unavailable` when too many calculations wait on this server. `cancel` is for who began it and for
 * admins, else `forbidden`; `conflict` when that calculation is over.
 */
export const plan = defineChannel({
  name: 'plan',
  room: z.uuid().lowercase(),
  state: z.object({ running: running.nullable(), plan: orderPlan.nullable() }),
  pushes: {
    began: stream(running),
    ended: stream(z.object({ run: z.uuid(), outcome })),
    progressed: latest(progress, ({ run }) => run),
  },
  calls: {
    calculate: { input: z.object({ effort }), output: running, limit: { burst: 10, perSecond: 1 } },
    cancel: { input: z.object({ run: z.uuid() }), output: z.object({ run: z.uuid() }) },
  },
})
export type PlanState = StateOf<typeof plan>
