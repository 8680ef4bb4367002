import { type ImportColumn, importColumns } from '#channels/order-import'
import { mostLines } from '#channels/orders'
import type { Heading } from './csv-heading'
import type { CsvRow } from './csv-rows'

export type Cells = Record<ImportColumn, string>

export interface DraftRow {
  row: number
  /** Trimmed; empty where the file has no such column. */
  cells: Cells
  /** What is wrong with the row before anyone looks at what is in it. */
  wrong?: string
  /** It and what follows it in the file could not be read: the order before it may have had more rows. */
  unreadable?: true
}

/** What becomes one order, if nothing is wrong with it: rows in a row with the same reference and customer. */
export interface OrderDraft {
  /** The first of the file is 0. */
  nth: number
  reference: string
  customer: string
  /** One more than an order may have at most, so that it shows that there are too many. */
  rows: DraftRow[]
  /** How many there are really. */
  count: number
  /** Its last row, and the byte of the file after it. */
  row: number
  end: number
}

const empty = Object.fromEntries(Object.keys(importColumns).map((column) => [column, ''])) as Cells

/**
 * Puts rows together to orders. A row that cannot be read stands for itself, and so does one without a reference: to
 * which order it belongs nobody knows.
 */
export async function* readDrafts(
  rows: AsyncIterable<CsvRow>,
  { columns }: Heading,
  first = 0,
): AsyncGenerator<OrderDraft, void, void> {
  let draft: OrderDraft | undefined
  let nth = first
  for await (const { row, fields, end, unreadable } of rows) {
    const cells = cellsOf(columns, fields)
    const wrong = unreadable ?? (fields.length === columns.length ? undefined : miscounted(fields, columns))
    const { reference, customer } = cells
    const same = draft && reference !== '' && draft.reference === reference && draft.customer === customer
    if (!draft || !same) {
      if (draft) yield draft
      draft = { nth, reference, customer, rows: [], count: 0, row, end }
      nth += 1
    }
    if (draft.rows.length <= mostLines) draft.rows.push({ row, cells, wrong, ...(unreadable && { unreadable: true }) })
    Object.assign(draft, { count: draft.count + 1, row, end })
  }
  if (draft) yield draft
}

function cellsOf(columns: ImportColumn[], fields: string[]): Cells {
  const cells = { ...empty }
  for (const [nth, column] of columns.entries()) cells[column] = (fields[nth] ?? '').replaceAll('\0', '').trim()
  return cells
}

function miscounted(fields: string[], columns: ImportColumn[]): string {
  return `It has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}, and the first row names ${columns.length}.`
}
