import { z } from 'zod'
import { type ReportResult, reportResult, type Sum } from '#channels/job-result'
import { reportInput } from '#channels/jobs'
import { productLine } from '#channels/product'
import type { JobKindDefinition, JobRun } from '#server/jobs/job-kind'
import { toCsv } from '#server/jobs/report-csv'
import { appendPiece, finishFile, openFile } from '#server/models/job-file'
import { countOrders, type ReportedOrder, readReportPage, sumByLine } from '#server/models/order-report'
import { dateOf } from '#server/models/wall-clock'

/** How many orders one step reads: some 10 ms of work, between which everything else has its turn. */
const pageSize = 200
/** How many customers the result names. */
const customersNamed = 20

const sum = z.object({ orders: z.int(), pieces: z.int(), cents: z.number() })
const cursor = z.object({
  asOf: z.int(),
  fileId: z.uuid(),
  /** How many pieces of the file there are. */
  pieces: z.int(),
  after: z.object({ placedAt: z.int(), id: z.uuid() }).nullable(),
  done: z.int(),
  cancelled: z.int(),
  total: sum,
  months: z.record(z.string(), sum),
  lines: z.record(z.string(), sum),
  /** By number. */
  customers: z.record(z.string(), sum.extend({ name: z.string() })),
})
type Cursor = z.infer<typeof cursor>

const none: Sum = { orders: 0, pieces: 0, cents: 0 }

/**
 * A file of all orders placed until it began, and what they come to. It reads them page by page, writes a piece of the
 * file for each, and keeps the sums with its cursor, so that it goes on wherever it was cut.
 */
export const reportKind: JobKindDefinition<typeof reportInput, typeof cursor, typeof reportResult> = {
  kind: 'report',
  input: reportInput,
  cursor,
  result: reportResult,
  async run(run) {
    let at = run.cursor ?? (await begin(run))
    const asOf = new Date(at.asOf)
    const total = await countOrders(asOf)
    run.progress(at.done, total)
    for (;;) {
      const page = await readReportPage(asOf, at.after, pageSize)
      if (page.length === 0) break
      const next = await add(at, page)
      const piece = Buffer.from(toCsv(page, at.pieces === 0))
      await run.step(async (tx) => {
        await appendPiece(tx, at.fileId, at.pieces, piece)
        return { cursor: next, done: next.done }
      })
      at = next
    }
    const { bytes } = await finishFile(at.fileId)
    await run.say(
      'info',
      `${at.done.toLocaleString('en')} orders written, ${Math.ceil(bytes / 1_024).toLocaleString('en')} KB.`,
    )
    return toResult(at)
  },
}

/** With a file that is empty but for its headings, so that there is one even without an order. */
async function begin({ ownerId, jobId, step }: JobRun<unknown, Cursor>): Promise<Cursor> {
  const asOf = Date.now()
  let begun: Cursor | undefined
  await step(async (tx) => {
    const name = `orders-${dateOf(asOf)}.csv`
    const { id: fileId } = await openFile({ ownerId, jobId, name, type: 'text/csv' }, tx)
    await appendPiece(tx, fileId, 0, Buffer.from(toCsv([], true)))
    const sums = { total: none, months: {}, lines: {}, customers: {} }
    begun = { asOf, fileId, pieces: 1, after: null, done: 0, cancelled: 0, ...sums }
    return { cursor: begun, done: 0 }
  })
  if (!begun) throw new Error('The first step was not taken.')
  return begun
}

async function add(at: Cursor, page: ReportedOrder[]): Promise<Cursor> {
  const counted = page.filter(({ state }) => state !== 'cancelled')
  const months = { ...at.months }
  const customers = { ...at.customers }
  let total = at.total
  for (const { placedAt, customerNumber, customer, pieces, cents } of counted) {
    const one = { orders: 1, pieces, cents }
    const month = dateOf(placedAt.getTime()).slice(0, 7)
    total = plus(total, one)
    months[month] = plus(months[month], one)
    customers[customerNumber] = { ...plus(customers[customerNumber], one), name: customer }
  }
  const lines = { ...at.lines }
  for (const { line, ...more } of await sumByLine(counted.map(({ id }) => id))) lines[line] = plus(lines[line], more)
  const last = page.at(-1)
  return {
    ...at,
    after: last ? { placedAt: last.placedAt.getTime(), id: last.id } : at.after,
    pieces: at.pieces + 1,
    done: at.done + page.length,
    cancelled: at.cancelled + page.length - counted.length,
    total,
    months,
    lines,
    customers,
  }
}

function plus(one: Sum = none, other: Sum): Sum {
  return {
    orders: one.orders + other.orders,
    pieces: one.pieces + other.pieces,
    cents: one.cents + other.cents,
  }
}

function toResult(at: Cursor): ReportResult {
  const customers = Object.entries(at.customers)
    .map(([number, one]) => ({ ...one, number: Number(number) }))
    .sort((one, other) => other.cents - one.cents || one.number - other.number)
  return {
    asOf: at.asOf,
    orders: at.done,
    cancelled: at.cancelled,
    total: at.total,
    months: Object.entries(at.months)
      .map(([month, one]) => ({ month, ...one }))
      .sort((one, other) => one.month.localeCompare(other.month)),
    lines: productLine.options.map((line) => ({ line, ...(at.lines[line] ?? none) })),
    customers: customers.slice(0, customersNamed),
    others: customers.slice(customersNamed).reduce<Sum>(plus, none),
  }
}
