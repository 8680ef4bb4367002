import type { ImportColumn } from '#channels/order-import'
import { sampleCustomers, sampleProducts } from '#prisma/sample-workshop'
import { Random } from '#server/random'

interface OrderFileOptions {
  orders: number
  /** So many of them have something wrong with them, in one of their rows. */
  errors?: number
  /** How many rows each has, at least and at most. */
  rows?: [least: number, most: number]
  seed: number
  delimiter?: ',' | ';' | '\t'
  newline?: '\n' | '\r\n'
  mark?: boolean
  /** Makes each row longer by so many characters. */
  note?: number
}

/** For tests and measurements: a file of orders of the sample workshop. `bad` are the references of those with an error. */
export interface OrderFile {
  text: string
  rows: number
  lines: Map<string, number>
  bad: Set<string>
}

const day = 24 * 60 * 60_000

/** What can be wrong with a row, one thing at a time. */
const faults: Partial<Record<ImportColumn, string>>[] = [
  { sku: 'XX-999' },
  { quantity: '1001' },
  { quantity: '2.5' },
  { due: '2020-02-30' },
  { due: '2020-02-20' },
  { customer: '99999' },
  { site: 'The moon' },
  { priority: 'soon' },
]

/** The same for the same seed and day. */
export function makeOrderFile(options: OrderFileOptions): OrderFile {
  const {
    orders,
    errors = 0,
    rows: [least, most] = [1, 5],
    seed,
    delimiter = ';',
    newline = '\r\n',
    note = 0,
  } = options
  const random = new Random(seed)
  const wrong = new Set(random.shuffled(Array.from({ length: orders }, (_, nth) => nth)).slice(0, errors))
  const lines = new Map<string, number>()
  const bad = new Set<string>()
  const columns = ['reference', 'customer', 'due', 'priority', 'sku', 'quantity', 'site', 'contact', 'note']
  const out = [columns.join(delimiter)]
  for (let nth = 0; nth < orders; nth += 1) {
    const customer = random.pick(sampleCustomers)
    const reference = `${seed}-${nth}`
    const count = random.between(least, most)
    const due = new Date(Date.now() + random.between(2, 60) * day).toISOString().slice(0, 10)
    const priority = random.pick(['', 'low', 'normal', 'high'])
    const table = Array.from({ length: count }, (_, place) => ({
      reference,
      customer: `${customer.number}`,
      due,
      priority,
      sku: random.pick(sampleProducts).sku,
      quantity: `${random.between(1, 40)}`,
      site: random.pick(customer.sites).name,
      contact: place === 0 && nth % 3 === 0 ? `O’Neill; “goods in”, gate ${nth}` : '',
      note:
        place === 0 && nth % 7 === 0 ? `Line one\nline "two" ${'.'.repeat(note)}` : 'x'.repeat(place === 0 ? note : 0),
    }))
    if (wrong.has(nth)) {
      // In the first row, but for the customer: the rows after it would be another order.
      const fault = random.pick(faults)
      for (const row of fault.customer ? table : table.slice(0, 1)) Object.assign(row, fault)
      bad.add(reference)
    }
    lines.set(reference, count)
    for (const row of table)
      out.push(
        Object.values(row)
          .map((cell) => quoted(cell, delimiter))
          .join(delimiter),
      )
  }
  const text = `${options.mark ? '\ufeff' : ''}${out.join(newline)}${newline}`
  return { text, rows: out.length - 1, lines, bad }
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
