import type { ImportInput, Problem } from '#channels/order-import'
import type { Transaction } from '#server/db/transaction'
import type { JobRun } from '#server/jobs/job-kind'
import type { ImportCursor } from '#server/jobs/kinds/import'
import { addProblems } from '#server/models/job-problem'
import { takeNumbers } from '#server/models/number-series'
import { findOrdered, ImportDirectory } from '#server/models/order-import-directory'
import { readLeftOut } from '#server/models/order-import-left'
import { type NewOrder, placeOrders } from '#server/models/order-place'
import { refuse } from '#server/refusal'
import { checkingShare } from './check'
import { LeftOut } from './left-out'
import { checkDraft } from './order-check'
import type { OrderDraft } from './order-draft'
import { openImport } from './rows'
import { Pace, Turns, WorkClock } from './turns'

type Run = JobRun<ImportInput, ImportCursor>
type Placing = Extract<ImportCursor, { phase: 'placing' }>

/** How long the statement that places orders is to take, in milliseconds: so long everything else in this process waits. */
const placingTakes = 12
/** A step has no more rows than that, also of those that are left out. */
const mostRows = 2_000
/** Numbers are taken so many at a time; a run that is killed leaves those it had not given. */
const numbersAtOnce = 200

/** An order that is ready, and where it came from. */
interface Ready {
  draft: OrderDraft
  order: NewOrder
}

/**
 * The second pass, from where the cursor says: places the orders that are not left out, in steps. What has become of
 * the file is answered. What was ordered by someone else since the first pass is one more problem; with the mode
 * `all` it is refused with `conflict`.
 */
export async function placeFile(run: Run, from: Placing): Promise<Placing> {
  const { jobId, input, signal } = run
  const { drafts } = await openImport(input.fileId)
  const left = new LeftOut(await readLeftOut(jobId))
  const directory = new ImportDirectory(jobId)
  const clock = new WorkClock(from.worked)
  const pace = new Pace(placingTakes, 20, 200)
  const turns = new Turns()
  let numbers: string[] = []
  let cursor = from

  const place = async (batch: OrderDraft[]) => {
    const last = batch.at(-1)
    if (!last) return
    signal.throwIfAborted()
    const good = batch.filter(({ nth }) => !left.has(nth))
    await directory.learn(good)
    const next = { ...cursor, byte: last.end, row: last.row, nth: last.nth + 1 }
    for (const { nth, count } of batch) if (left.has(nth)) next.left += count
    const ready: Ready[] = []
    const late: Problem[] = []
    for (const draft of good) {
      const { order, problems } = checkDraft(draft, directory, from.today)
      if (order) {
        if (numbers.length === 0) numbers = await takeNumbers('order', Math.min(numbersAtOnce, from.drafts - draft.nth))
        ready.push({ draft, order: { ...order, number: numbers.shift() ?? '' } })
      } else if (problems) {
        leaveOut(
          draft,
          problems.map((problem, nth) => ({ ...problem, number: nth + 1 })),
        )
      } else {
        // By an earlier run of the same import.
        next.orders += 1
        next.lines += draft.count
      }
    }
    await run.step(async (tx) => {
      const tried = { ...next, worked: clock.worked }
      const began = performance.now()
      const unlucky = await placeReady(tx, jobId, ready)
      if (ready.length > 0) pace.took(ready.length, performance.now() - began)
      for (const { draft } of ready) {
        const problem = unlucky.get(draft)
        if (problem) leaveOut(draft, [problem], tried)
        else {
          tried.orders += 1
          tried.lines += draft.count
        }
      }
      await addProblems(tx, jobId, late)
      cursor = tried
      return { cursor, done: doneOf(cursor) }
    })
    run.progress(doneOf(cursor), cursor.rows)

    function leaveOut(draft: OrderDraft, problems: Problem[], into = next) {
      const [first] = problems
      if (input.mode === 'all') {
        refuse(
          'conflict',
          `Nothing was ordered. Since the file was checked, row ${first?.row} has a problem: ${first?.message}`,
        )
      }
      late.push(...problems)
      into.left += draft.count
      into.problems += problems.length
    }
  }

  let batch: OrderDraft[] = []
  let rows = 0
  for await (const draft of drafts(from.byte, from.row, from.nth)) {
    await turns.give()
    batch.push(draft)
    rows += draft.rows.length
    if (batch.length < pace.size && rows < mostRows) continue
    await place(batch)
    batch = []
    rows = 0
  }
  await place(batch)
  return cursor
}

/** Places them, and says what is wrong with those whose reference was taken at the last moment. */
async function placeReady(tx: Transaction, jobId: string, ready: Ready[]): Promise<Map<OrderDraft, Problem>> {
  if (ready.length === 0) return new Map()
  const orders = ready.map(({ order }) => order)
  const ids = await placeOrders(tx, orders, jobId)
  if (ids.length === ready.length) return new Map()
  const taken = (await findOrdered(tx, jobId, orders)).filter(({ own }) => !own)
  return new Map(
    ready.flatMap(({ draft, order }) => {
      const by = taken.find((one) => one.customerId === order.customerId && one.reference === order.reference)
      if (!by) return []
      const message = `This is already ordered, as ${by.number}.`
      return [
        [draft, { row: draft.rows[0]?.row ?? 0, number: 1, column: 'reference', value: draft.reference, message }],
      ]
    }),
  )
}

/** In rows: all of them were checked, those up to here are placed or left out. */
function doneOf({ rows, lines, left }: Placing): number {
  return Math.floor(rows * checkingShare + (lines + left) * (1 - checkingShare))
}
