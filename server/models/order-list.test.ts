import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyOrder, type OrderQuery, pageLength } from '#channels/orders'
import { transaction } from '#server/db/transaction'
import { listOrders } from './order-list'
import { advanceOrder } from './order-progress'
import { openTestWorkshop, type TestWorkshop } from './test-orders'

let shop: TestWorkshop
let ids: string[]
beforeAll(async () => {
  shop = await openTestWorkshop()
  const late = await shop.place({ dueOn: new Date('2020-01-01'), reference: '100%_sure' })
  const urgent = await shop.place({ priority: 'high', dueOn: new Date('2020-02-01') })
  const elsewhere = await shop.place({
    customerId: shop.other.id,
    lines: [{ productId: shop.panel.id, siteId: shop.other.sites[0]?.id ?? '', quantity: 1 }],
  })
  const over = await shop.place({ dueOn: new Date('2020-01-01') })
  await transaction((tx) => advanceOrder(tx, { orderId: urgent, state: 'producing' }))
  await transaction((tx) => advanceOrder(tx, { orderId: over, state: 'cancelled' }))
  ids = [late, urgent, elsewhere, over]
})
afterAll(() => shop.close())

const list = async (change: Partial<OrderQuery>, shown: string[] = []) => {
  const { page } = await listOrders({ query: { ...everyOrder, ...change }, shown })
  return page.rows.map(({ id }) => ids.indexOf(id))
}

test('a query of no kind there is, is refused', async () => {
  await expect(list({ search: 'a\0b' })).rejects.toMatchObject({ code: 'invalid' })
  await expect(list({ page: -1 })).rejects.toMatchObject({ code: 'invalid' })
  await expect(list({}, Array(pageLength + 1).fill(randomUUID()))).rejects.toMatchObject({ code: 'invalid' })
})

test('each filter finds its own, and several what is in all of them', async () => {
  expect(await list({})).toEqual([3, 2, 1, 0])
  expect(await list({ state: 'producing' })).toEqual([1])
  expect(await list({ state: 'active' })).toEqual([2, 1, 0])
  expect(await list({ priority: 'high' })).toEqual([1])
  expect(await list({ line: 'panels' })).toEqual([2])
  expect(await list({ line: 'brackets' })).toEqual([3, 1, 0])
  expect(await list({ overdue: true })).toEqual([1, 0])
  expect(await list({ overdue: true, state: 'open', line: 'brackets' })).toEqual([0])
  expect(await list({ state: 'done' })).toEqual([])
})

test('a search finds part of a number, a reference or a name, and signs stand for themselves', async () => {
  const { number } = await shop.prisma.workOrder.findUniqueOrThrow({ where: { id: ids[2] } })
  expect(await list({ search: number.slice(3).toLowerCase() })).toEqual([2])
  expect(await list({ search: '%_' })).toEqual([0])
  expect(await list({ search: '\\' })).toEqual([])
  expect(await list({ search: shop.other.name.slice(1).toUpperCase() })).toEqual([2])
  expect(await list({ search: `${shop.customer.number}` })).toEqual([3, 1, 0])
})

test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('in %s it is overdue from midnight on', async (zone) => {
  const before = process.env.TZ
  process.env.TZ = zone
  try {
    const now = new Date()
    const due = (days: number) => new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + days))
    const [today, yesterday] = [await shop.place({ dueOn: due(0) }), await shop.place({ dueOn: due(-1) })]
    const { page, shown } = await listOrders({ query: { ...everyOrder, overdue: true }, shown: [today, yesterday] })
    expect(shown.map(({ overdue }) => overdue)).toEqual([false, true])
    expect(page.rows.map(({ id }) => id)).toContain(yesterday)
    expect(page.rows.map(({ id }) => id)).not.toContain(today)
    await shop.prisma.workOrder.deleteMany({ where: { id: { in: [today, yesterday] } } })
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test('each order of the list, both ways', async () => {
  for (const sort of ['placed', 'number', 'customer', 'due', 'total'] as const) {
    const up = await list({ sort, descending: false })
    expect(up).toHaveLength(4)
    expect(await list({ sort, descending: true })).toEqual(up.toReversed())
  }
  expect((await list({ sort: 'due', descending: false })).slice(2)).toEqual([1, 2])
})

test('a row says what there is to see of it, and what is on screen comes with the page', async () => {
  const { page, shown } = await listOrders({
    query: { ...everyOrder, state: 'producing' },
    shown: [ids[0] ?? '', ids[3] ?? '', randomUUID()],
  })
  expect(page).toMatchObject({ total: 1, more: false })
  const totalCents = 10 * shop.first.priceCents + 5 * shop.second.priceCents
  expect(page.rows).toMatchObject([
    {
      state: 'producing',
      overdue: true,
      dueOn: '2020-02-01',
      lines: 2,
      pieces: 15,
      produced: 0,
      totalCents,
      version: 1,
    },
  ])
  expect(shown.map(({ id, state, overdue }) => [id, state, overdue])).toEqual([
    [ids[0], 'open', true],
    [ids[3], 'cancelled', false],
  ])
})

test('pages follow one another without a gap, and one beyond the last is empty', async () => {
  const reference = (nth: number) => `page ${nth}`
  for (let nth = 0; nth < pageLength + 3; nth++) await shop.place({ reference: reference(nth) })
  const query = { ...everyOrder, search: 'page ' }
  const pages = await Promise.all([0, 1, 2].map((page) => listOrders({ query: { ...query, page }, shown: [] })))
  expect(pages.map(({ page }) => [page.rows.length, page.total])).toEqual([
    [pageLength, pageLength + 3],
    [3, pageLength + 3],
    [0, pageLength + 3],
  ])
  const seen = pages.flatMap(({ page }) => page.rows.map((row) => row.reference))
  expect(seen).toEqual(Array.from({ length: pageLength + 3 }, (_, nth) => reference(pageLength + 2 - nth)))
})
