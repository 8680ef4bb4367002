import { z } from 'zod'

/** What a file of orders may hold at most. */
export const mostImportBytes = 20 * 1024 * 1024
export const mostImportRows = 100_000
/** Of what is wrong with a file so much is kept; the rest is counted. */
export const mostProblems = 10_000

/**
 * Chosen before the upload. `all`: with a single problem in the file nothing is ordered. `good`: an order without a
 * problem is placed, one with a problem in any of its rows is left out whole.
 */
export const importMode = z.enum(['all', 'good'])
export type ImportMode = z.infer<typeof importMode>

/** A file of orders, one row for each line of an order; the first row names the columns, in any order. */
export const importColumn = z.enum([
  'reference',
  'customer',
  'due',
  'priority',
  'sku',
  'quantity',
  'site',
  'contact',
  'note',
])
export type ImportColumn = z.infer<typeof importColumn>

/** What each column holds, in words for people; those of an order are the same in all of its rows, or empty after the first. */
export const importColumns: Record<ImportColumn, { required: boolean; per: 'order' | 'line'; holds: string }> = {
  reference: {
    required: true,
    per: 'order',
    holds: 'Your own name for the order; the same one twice is the same order.',
  },
  customer: { required: true, per: 'order', holds: 'The number of the customer.' },
  due: { required: true, per: 'order', holds: 'A day from today on, as 2026-12-24.' },
  priority: { required: false, per: 'order', holds: 'low, normal or high; empty is normal.' },
  sku: { required: true, per: 'line', holds: 'What is ordered.' },
  quantity: { required: true, per: 'line', holds: 'A whole number of pieces, 1 to 1000.' },
  site: {
    required: false,
    per: 'line',
    holds: 'The name of one of the customer’s sites; may be empty when there is one alone.',
  },
  contact: { required: false, per: 'order', holds: 'Whom to ask.' },
  note: { required: false, per: 'order', holds: 'Anything else about the order.' },
}

/** `fileId` names the upload, which belongs to this job alone; `rows` is how many it has, as counted on the way in. */
export const importInput = z.object({
  fileId: z.uuid(),
  mode: importMode,
  rows: z.int().nonnegative(),
})
export type ImportInput = z.infer<typeof importInput>

const count = z.int().nonnegative()

/** What came of it. `left` counts rows of the file; `duration` is in milliseconds, over all its runs. */
export const importResult = z.object({
  orders: count,
  lines: count,
  left: count,
  problems: count,
  duration: count,
})
export type ImportResult = z.infer<typeof importResult>

/** What is wrong with one row. `row` is as a spreadsheet counts, the headings being row 1; 0 is the file as a whole. */
export const problem = z.object({
  row: count,
  number: count,
  column: z.string().nullable(),
  value: z.string().nullable(),
  message: z.string(),
})
export type Problem = z.infer<typeof problem>

/** Where a page of problems ends; the next begins after it. */
export const problemPlace = z.object({ row: count, number: count })
export type ProblemPlace = z.infer<typeof problemPlace>

/** Some problems of a job; `more` says whether any follow, `total` how many there are altogether. */
export const problemPage = z.object({ problems: z.array(problem), more: z.boolean(), total: count })
export type ProblemPage = z.infer<typeof problemPage>
