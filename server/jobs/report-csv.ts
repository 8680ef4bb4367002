import { stringify } from 'csv-stringify/sync'
import type { ReportedOrder } from '#server/models/order-report'
import { dateOf } from '#server/models/wall-clock'

/** Comma-separated as RFC 4180 says, in UTF-8 with a mark by which spreadsheets know it. */
export function toCsv(page: ReportedOrder[], first: boolean): string {
  const rows = page.map(({ placedAt, dueOn, doneAt, cents, ...order }) => ({
    ...order,
    placedAt: placedAt.toISOString(),
    // A day as such, which no clock can move.
    dueOn: dueOn.toISOString().slice(0, 10),
    doneAt: doneAt ? dateOf(doneAt.getTime()) : '',
    euros: (cents / 100).toFixed(2),
  }))
  const columns = [
    { key: 'number', header: 'order' },
    { key: 'state', header: 'state' },
    { key: 'priority', header: 'priority' },
    { key: 'customerNumber', header: 'customer' },
    { key: 'customer', header: 'name' },
    { key: 'city', header: 'city' },
    { key: 'reference', header: 'reference' },
    { key: 'placedAt', header: 'placed' },
    { key: 'dueOn', header: 'due' },
    { key: 'doneAt', header: 'done' },
    { key: 'lines', header: 'lines' },
    { key: 'pieces', header: 'pieces' },
    { key: 'euros', header: 'euros' },
  ]
  // What begins like a formula is text: a spreadsheet would carry it out.
  return stringify(rows, { columns, header: first, bom: first, escape_formulas: true, record_delimiter: 'windows' })
}
