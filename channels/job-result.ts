import { z } from 'zod'
import { productLine } from './product'

const count = z.int().nonnegative()

/** So many orders and pieces for so much, in cents; cancelled orders are not counted. */
const sum = z.object({ orders: count, pieces: count, cents: count })
export type Sum = z.infer<typeof sum>

/** What a report came to. A month is `2026-11`, in UTC; customers are those with the most, `others` all the rest. */
export const reportResult = z.object({
  /** The orders placed until then, in milliseconds since 1970. */
  asOf: count,
  orders: count,
  cancelled: count,
  total: sum,
  months: z.array(sum.extend({ month: z.string() })),
  lines: z.array(sum.extend({ line: productLine })),
  customers: z.array(sum.extend({ number: count, name: z.string() })),
  others: sum,
})
export type ReportResult = z.infer<typeof reportResult>

/** One price that was changed, and why. `demand` is the change of what was ordered, `cover` how many days the stock lasts. */
export const priceChange = z.object({
  sku: z.string(),
  name: z.string(),
  before: count,
  after: count,
  /** The last 30 days against the 30 before, in percent; null when nothing was ordered then. */
  demand: z.number().nullable(),
  /** Null when nothing was ordered in the last 30 days. */
  cover: z.number().nullable(),
})
export type PriceChange = z.infer<typeof priceChange>

/** What a repricing came to; `largest` are the prices changed most. */
export const repriceResult = z.object({
  products: count,
  raised: count,
  lowered: count,
  largest: z.array(priceChange),
})
export type RepriceResult = z.infer<typeof repriceResult>
