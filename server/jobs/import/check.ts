import { type ImportInput, mostImportRows } from '#channels/order-import'
import type { JobRun } from '#server/jobs/job-kind'
import type { ImportCursor } from '#server/jobs/kinds/import'
import { addProblems, clearProblems } from '#server/models/job-problem'
import { claimFile } from '#server/models/order-import'
import { ImportDirectory } from '#server/models/order-import-directory'
import { keepLeftOut } from '#server/models/order-import-left'
import { dateOf } from '#server/models/wall-clock'
import { refuse } from '#server/refusal'
import { LeftOut } from './left-out'
import { checkDraft, type RowProblem } from './order-check'
import type { OrderDraft } from './order-draft'
import { FoundProblems } from './problems'
import { openImport } from './rows'
import { Turns, WorkClock } from './turns'

type Run = JobRun<ImportInput, ImportCursor>
type Placing = Extract<ImportCursor, { phase: 'placing' }>

/** How much of the whole work it is to check a row. */
export const checkingShare = 0.25
/** So many rows are asked for at a time. */
const rowsAtOnce = 250
/** So many problems are written at a time. */
const problemsAtOnce = 200

/**
 * The first pass: every row is checked, what is wrong is listed, and which orders are to be left out is noted. Answers
 * with where the second pass begins. Refuses a file that as a whole is none of ours, or too long.
 */
export async function checkFile(run: Run): Promise<Placing> {
  const { jobId, ownerId, input, signal } = run
  const clock = new WorkClock(run.cursor?.worked)
  const checking = () => ({ cursor: { phase: 'checking', worked: clock.worked } as const, done: 0 })
  await run.step(async (tx) => {
    await claimFile(tx, jobId, ownerId, input.fileId)
    await clearProblems(tx, jobId)
    return checking()
  })
  await run.say('info', 'Checking every row.')
  const { heading, drafts } = await openImport(input.fileId)
  const directory = new ImportDirectory(jobId)
  const today = dateOf(Date.now())
  const turns = new Turns()
  const found = new FoundProblems()
  const left = new LeftOut()
  /** By what they are called: where each was met first. */
  const met = new Map<string, { nth: number; row: number }>()
  let rows = 0
  let count = 0

  const check = async (batch: OrderDraft[]) => {
    signal.throwIfAborted()
    await directory.learn(batch)
    for (const draft of batch) {
      await turns.give()
      const problems = [...(checkDraft(draft, directory, today).problems ?? []), ...scattered(draft)]
      if (problems.length > 0) left.add(draft.nth)
      // More of the order before it may have been where nothing could be read.
      if (draft.rows[0]?.unreadable && draft.nth > 0) left.add(draft.nth - 1)
      found.add(problems)
    }
    while (found.unwritten.length >= problemsAtOnce) await write()
    run.progress(Math.floor(rows * checkingShare), Math.max(input.rows, rows))
  }
  /** An order whose rows do not stand together is left out with all of them. */
  const scattered = (draft: OrderDraft): RowProblem[] => {
    const {
      reference,
      customer,
      nth,
      rows: [first],
    } = draft
    if (!first || reference === '') return []
    const key = `${customer}\t${reference}`
    const before = met.get(key)
    if (!before) {
      met.set(key, { nth, row: first.row })
      return []
    }
    left.add(before.nth)
    const message = `Its order begins in row ${before.row}, and another one stands in between. Put its rows together.`
    return [{ row: first.row, column: 'reference', value: reference.slice(0, 80), message }]
  }
  const write = () =>
    run.step(async (tx) => {
      await addProblems(tx, jobId, found.take(problemsAtOnce))
      return checking()
    })

  let batch: OrderDraft[] = []
  let waiting = 0
  for await (const draft of drafts(heading.bytes, 1)) {
    rows += draft.count
    count += 1
    if (rows > mostImportRows) {
      refuse('too-large', `The file has more than ${mostImportRows.toLocaleString('en')} rows. Split it in several.`)
    }
    batch.push(draft)
    waiting += draft.rows.length
    if (waiting < rowsAtOnce) continue
    await check(batch)
    batch = []
    waiting = 0
  }
  await check(batch)
  found.close()
  while (found.unwritten.length > 0) await write()

  if (rows === 0) refuse('invalid', 'The file has no rows under its headings.')
  if (left.count === count) refuse('invalid', 'Nothing was ordered: there is no order in the file without a problem.')

  const cursor: Placing = {
    phase: 'placing',
    worked: clock.worked,
    today,
    byte: heading.bytes,
    row: 1,
    nth: 0,
    rows,
    drafts: count,
    problems: found.count,
    orders: 0,
    lines: 0,
    left: 0,
  }
  run.progress(Math.floor(rows * checkingShare), rows)
  await run.step(async (tx) => {
    await keepLeftOut(tx, jobId, ownerId, left.bytes)
    return { cursor, done: Math.floor(rows * checkingShare) }
  })
  await run.say(found.count > 0 ? 'warning' : 'info', summary(rows, count, found.count, left.count))
  return cursor
}

function summary(rows: number, orders: number, problems: number, left: number): string {
  const some = (count: number) => count.toLocaleString('en')
  const wrong = problems === 0 ? 'No problems.' : `Problems: ${some(problems)}, in ${some(left)} orders.`
  return `Checked ${some(rows)} rows, ${some(orders)} orders. ${wrong}`
}
