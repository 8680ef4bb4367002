import { z } from 'zod'
import { orderFields } from '#channels/order-field'
import type { ImportColumn } from '#channels/order-import'
import { mostLines, mostPieces, orderPriority } from '#channels/orders'
import type { NewOrder } from '#server/models/order-place'
import type { DraftRow, OrderDraft } from './order-draft'

/** What the workshop knows; as of the moment it was asked for. */
export interface Directory {
  customer(number: number): { id: string; sites: { id: string; name: string }[] } | undefined
  /** Its id. */
  product(sku: string): string | undefined
  /** The order that the customer has given this name already; `own` when this very import has placed it. */
  ordered(customerId: string, reference: string): { number: string; own: boolean } | undefined
}

/** `column` is null when it is the row as a whole. */
export interface RowProblem {
  row: number
  column: ImportColumn | null
  value: string | null
  message: string
}

export type Checked =
  | { order: Omit<NewOrder, 'number'>; problems?: undefined }
  | { problems: RowProblem[]; order?: undefined }
  /** It is placed already, by an earlier run of the same import. */
  | { order?: undefined; problems?: undefined }

const longestValue = 80
const wholeNumber = /^\d{1,9}$/
const day = z.iso.date()
/** A year that is mistyped is further away than any order. */
const furthest = 5 * 366
/** Those that are of the order, not of the line. */
const shared = ['due', 'priority', 'contact', 'note'] as const

/**
 * Turns a draft into an order, or says everything that is wrong with it, row by row, in words for people. `today` is
 * the day, as `2026-12-24`, before which nothing can be due. Pure, and never throws for what is in the draft.
 */
export function checkDraft(draft: OrderDraft, directory: Directory, today: string): Checked {
  const problems: RowProblem[] = []
  const [first] = draft.rows
  if (!first) return {}
  const wrong = ({ row, cells }: DraftRow, column: ImportColumn | null, message: string) => {
    problems.push({ row, column, value: column && cut(cells[column]), message })
  }
  for (const row of draft.rows) if (row.wrong) wrong(row, null, row.wrong)
  // What is in its columns is not what they say.
  if (first.wrong) return { problems }

  const { reference, due, priority, contact, note } = first.cells
  if (reference === '') wrong(first, 'reference', 'It has no reference.')
  else if (!orderFields.reference.safeParse(reference).success)
    wrong(first, 'reference', 'It is longer than 60 characters.')
  const customer = wholeNumber.test(draft.customer) ? directory.customer(Number(draft.customer)) : undefined
  if (draft.customer === '') wrong(first, 'customer', 'It has no customer.')
  else if (!customer) wrong(first, 'customer', 'There is no customer with this number.')
  const known = customer && reference !== '' ? directory.ordered(customer.id, reference) : undefined
  if (known?.own) return {}
  if (known) wrong(first, 'reference', `This is already ordered, as ${known.number}.`)
  const late = whyNotDue(due, today)
  if (late) wrong(first, 'due', late)
  const urgency = orderPriority.safeParse(priority === '' ? 'normal' : priority.toLowerCase())
  if (!urgency.success) wrong(first, 'priority', 'It is low, normal or high.')
  if (!orderFields.contact.safeParse(contact).success) wrong(first, 'contact', 'It is longer than 120 characters.')
  if (!orderFields.note.safeParse(note).success) wrong(first, 'note', 'It is longer than 2,000 characters.')

  const lines = draft.rows.slice(0, mostLines).map((row) => {
    if (row.wrong) return undefined
    const { sku, quantity, site } = row.cells
    for (const column of shared) {
      const value = row.cells[column]
      // What is wrong in the first row is said there once, not in every row after it.
      const told = problems.some((problem) => problem.row === first.row && problem.column === column)
      if (value !== '' && value !== first.cells[column] && !told) {
        wrong(row, column, `It differs from row ${first.row}, which is of the same order.`)
      }
    }
    const productId = directory.product(sku)
    if (sku === '') wrong(row, 'sku', 'It does not say what is ordered.')
    else if (!productId) wrong(row, 'sku', 'There is no product with this SKU.')
    const pieces = wholeNumber.test(quantity) ? Number(quantity) : 0
    if (pieces < 1 || pieces > mostPieces) wrong(row, 'quantity', 'It is a whole number from 1 to 1,000.')
    const siteId = customer && siteOf(customer.sites, site)
    if (customer && !siteId) wrong(row, 'site', whichSites(customer.sites, site))
    return productId && siteId ? { productId, siteId, quantity: pieces } : undefined
  })
  if (draft.count > mostLines) {
    const row = draft.rows[mostLines] ?? first
    wrong(row, null, `The order has ${draft.count.toLocaleString('en')} rows; it may have ${mostLines}.`)
  }
  const whole = lines.filter((line) => line !== undefined)
  if (problems.length > 0 || !customer || !urgency.success) return { problems }
  const dueOn = new Date(due)
  return { order: { customerId: customer.id, reference, priority: urgency.data, dueOn, contact, note, lines: whole } }
}

function whyNotDue(due: string, today: string): string | undefined {
  if (due === '') return 'It does not say when it is due.'
  if (!day.safeParse(due).success) return 'This is not a day. Write it as 2026-12-24.'
  if (due < today) return 'It is in the past.'
  if (Date.parse(due) - Date.parse(today) > furthest * 24 * 60 * 60_000) return 'It is more than five years away.'
}

function siteOf(sites: { id: string; name: string }[], name: string): string | undefined {
  if (name === '') return sites.length === 1 ? sites[0]?.id : undefined
  return sites.find((site) => site.name.toLowerCase() === name.toLowerCase())?.id
}

function whichSites(sites: { name: string }[], name: string): string {
  const names = sites.map((site) => site.name).join(', ')
  if (sites.length === 0) return 'The customer has no site to deliver to.'
  return name === '' ? `The customer has several sites: ${names}.` : `The customer’s sites are: ${names}.`
}

function cut(value: string): string {
  return value.length > longestValue ? `${value.slice(0, longestValue - 1)}…` : value
}
