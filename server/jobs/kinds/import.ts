import { z } from 'zod'
import { importInput, importResult } from '#channels/order-import'
import { checkFile } from '#server/jobs/import/check'
import { placeFile } from '#server/jobs/import/place'
import { Pace } from '#server/jobs/import/turns'
import type { JobKindDefinition } from '#server/jobs/job-kind'
import { takeBackOrders } from '#server/models/order-import'
import { dropLeftOut } from '#server/models/order-import-left'
import { refuse } from '#server/refusal'

const count = z.int().nonnegative()

/** What a run goes on from: nothing is placed while the file is checked; then each step says how far it has come. */
export const importCursor = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('checking'), worked: count }),
  z.object({
    phase: z.literal('placing'),
    /** For how long its runs have worked so far, in milliseconds. */
    worked: count,
    /** The day on which it was checked, before which nothing can be due. */
    today: z.iso.date(),
    /** The byte of the file, its row and its order that were dealt with last. */
    byte: count,
    row: count,
    nth: count,
    /** How many rows and orders of the file there are, and how many problems were found. */
    rows: count,
    drafts: count,
    problems: count,
    /** What was placed, and the rows that were left out. */
    orders: count,
    lines: count,
    left: count,
  }),
])
export type ImportCursor = z.infer<typeof importCursor>

/**
 * Imports a file of orders in two passes. The first checks every row and changes nothing but the list of problems. The
 * second places the orders in short steps, each with its place in the file, so that a run that follows a killed one
 * does nothing twice and leaves nothing out. How far it is is counted in rows: checking one is a quarter of the work.
 * With the mode `all` one problem is enough for nothing to be ordered, and what was placed by a run that was then
 * cancelled or failed is taken back; with `good` it stays.
 */
export const importKind: JobKindDefinition<typeof importInput, typeof importCursor, typeof importResult> = {
  kind: 'import',
  input: importInput,
  cursor: importCursor,
  result: importResult,
  async run(run) {
    const checked = run.cursor?.phase === 'placing' ? run.cursor : await checkFile(run)
    if (run.input.mode === 'all' && checked.problems > 0) {
      refuse(
        'invalid',
        `Nothing was ordered, because of ${some(checked.problems, 'problem')}. Mend the file and send it again.`,
      )
    }
    const { orders, lines, left, problems, worked } = await placeFile(run, checked).catch(async (error: unknown) => {
      if (run.input.mode === 'good' && run.signal.reason !== 'closing') await run.say('info', staying)
      throw error
    })
    await dropLeftOut(run.jobId)
    return { orders, lines, left, problems, duration: worked }
  },
  keeps: ({ mode }) => mode === 'good',
  async undo({ jobId, say }) {
    const pace = new Pace(15, 10, 200)
    let removed = 0
    for (;;) {
      const began = performance.now()
      const size = pace.size
      const count = await takeBackOrders(jobId, size)
      pace.took(count, performance.now() - began)
      removed += count
      if (count < size) break
    }
    if (removed > 0) await say('info', `${some(removed, 'order')} taken back.`)
  },
}

const staying = 'What was ordered so far stays. Begun again, it goes on from there.'

function some(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}
