import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ImportColumn, importColumn } from '#channels/order-import'
import { checkDraft, type Directory } from './order-check'
import { type OrderDraft, readDrafts } from './order-draft'

const today = '2026-11-21'
const columns = importColumn.options
const heading = { delimiter: ';' as const, columns, bytes: 0 }
const sites = [
  { id: 'site-main', name: 'Main works' },
  { id: 'site-hall', name: 'Warehouse' },
]

const directory: Directory = {
  customer: (number) =>
    number === 10_001 ? { id: 'ada', sites } : number === 10_002 ? { id: 'bob', sites: sites.slice(0, 1) } : undefined,
  product: (sku) => (sku === 'BR-100' ? 'bracket' : undefined),
  ordered: (customerId, reference) =>
    customerId === 'ada' && reference === 'old'
      ? { number: 'WO-2026-00007', own: false }
      : reference === 'mine'
        ? { number: 'WO-2', own: true }
        : undefined,
}

const row: Record<ImportColumn, string> = {
  reference: 'A-1',
  customer: '10001',
  due: '2026-12-24',
  priority: 'high',
  sku: 'BR-100',
  quantity: '12',
  site: 'Main works',
  contact: 'Jo',
  note: '',
}

async function drafts(rows: string[][]): Promise<OrderDraft[]> {
  const found: OrderDraft[] = []
  async function* given() {
    for (const [nth, fields] of rows.entries()) yield { row: nth + 2, fields, end: nth }
  }
  for await (const draft of readDrafts(given(), heading)) found.push(draft)
  return found
}

const fields = (change: Partial<typeof row> = {}) => columns.map((column) => ({ ...row, ...change })[column])

async function check(...changes: Partial<typeof row>[]) {
  const [draft, ...others] = await drafts(changes.map(fields))
  if (!draft || others.length > 0) throw new Error('It is not one order.')
  return checkDraft(draft, directory, today)
}

test.each<[Partial<typeof row>, ImportColumn, string]>([
  [{ reference: '' }, 'reference', 'no reference'],
  [{ reference: 'x'.repeat(61) }, 'reference', '60 characters'],
  [{ reference: 'old' }, 'reference', 'WO-2026-00007'],
  [{ customer: '' }, 'customer', 'no customer'],
  [{ customer: '10003' }, 'customer', 'no customer with this number'],
  [{ customer: '1e4' }, 'customer', 'no customer with this number'],
  [{ customer: '99999999999999999999' }, 'customer', 'no customer with this number'],
  [{ due: '' }, 'due', 'when it is due'],
  [{ due: '24.12.2026' }, 'due', 'not a day'],
  [{ due: '2026-02-30' }, 'due', 'not a day'],
  [{ due: '2026-11-20' }, 'due', 'in the past'],
  [{ due: '2062-12-24' }, 'due', 'five years'],
  [{ priority: 'soon' }, 'priority', 'low, normal or high'],
  [{ sku: '' }, 'sku', 'what is ordered'],
  [{ sku: 'br-100' }, 'sku', 'no product'],
  [{ quantity: '' }, 'quantity', 'whole number'],
  [{ quantity: '0' }, 'quantity', 'whole number'],
  [{ quantity: '-3' }, 'quantity', 'whole number'],
  [{ quantity: '1.5' }, 'quantity', 'whole number'],
  [{ quantity: '1001' }, 'quantity', 'whole number'],
  [{ site: 'The moon' }, 'site', 'Main works, Warehouse'],
  [{ site: '' }, 'site', 'several sites'],
  [{ contact: 'x'.repeat(121) }, 'contact', '120 characters'],
  [{ note: 'x'.repeat(2_001) }, 'note', '2,000 characters'],
])('%j is a problem', async (change, column, why) => {
  const { problems } = await check(change)
  expect(problems).toMatchObject([{ row: 2, column, message: expect.stringContaining(why) }])
  expect(problems?.[0]?.value?.length).toBeLessThanOrEqual(80)
})

test('a row with too few or too many fields is a problem of its own', async () => {
  const [draft] = await drafts([fields().slice(0, 6)])
  expect(draft && checkDraft(draft, directory, today).problems).toEqual([
    { row: 2, column: null, value: null, message: 'It has 6 fields, and the first row names 9.' },
  ])
})

test('the rows of an order agree on what is the order’s', async () => {
  const { problems } = await check({}, { due: '2026-12-25', contact: 'Al' }, { due: '', contact: '', priority: '' })
  expect(problems).toMatchObject([
    { row: 3, column: 'due', message: expect.stringContaining('differs from row 2') },
    { row: 3, column: 'contact' },
  ])
})

test('an order has 50 rows at most', async () => {
  expect((await check(...Array<object>(50).fill({}))).order?.lines).toHaveLength(50)
  expect((await check(...Array<object>(70).fill({}))).problems).toMatchObject([
    { row: 52, column: null, message: 'The order has 70 rows; it may have 50.' },
  ])
})

test('a good order is what its rows say; a site goes without saying where there is one alone', async () => {
  expect(await check({}, { site: 'warehouse', quantity: '007', contact: '' })).toEqual({
    order: {
      reference: 'A-1',
      customerId: 'ada',
      priority: 'high',
      dueOn: new Date('2026-12-24'),
      contact: 'Jo',
      note: '',
      lines: [
        { productId: 'bracket', siteId: 'site-main', quantity: 12 },
        { productId: 'bracket', siteId: 'site-hall', quantity: 7 },
      ],
    },
  })
  expect(await check({ customer: '10002', site: '', priority: '' })).toMatchObject({ order: { priority: 'normal' } })
})

test('one that this import has placed already is neither an order nor a problem', async () => {
  expect(await check({ reference: 'mine' })).toEqual({})
})

test('whatever stands in the rows, it is an order or a problem of one of them', async () => {
  const cell = (column: ImportColumn) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(row[column]) }, fc.string({ unit: 'binary', maxLength: 90 }))
  const one = fc
    .tuple(...columns.map(cell))
    .chain((cells) => fc.integer({ min: 1, max: 11 }).map((length) => cells.slice(0, length)))
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 8 }), async (rows) => {
      const found = await drafts(rows)
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length)
      for (const draft of found) {
        const { order, problems } = checkDraft(draft, directory, today)
        const own = draft.reference === 'mine'
        expect(own || Boolean(order) !== Boolean(problems?.length)).toBe(true)
        for (const { row: where } of problems ?? []) expect(draft.rows.map((each) => each.row)).toContain(where)
      }
    }),
    { numRuns: 100 },
  )
})
