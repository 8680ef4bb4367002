import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { seed } from './seed'

let running: Awaited<ReturnType<typeof openTestContainer>>

beforeAll(async () => {
  running = await openTestContainer({ demoOrders: 500 })
  await seed(running.env)
})
afterAll(() => running.close())

test('seeding again leaves the workshop as it is', async () => {
  const { prisma } = running
  const counts = () => Promise.all([prisma.product.count(), prisma.customer.count(), prisma.workOrder.count()])
  const first = await counts()
  await seed(running.env)
  expect(await counts()).toEqual(first)
  expect(first).toEqual([48, 40, 500])
})

test('its rows hang together', async () => {
  const { prisma } = running
  const orders = await prisma.workOrder.findMany({ include: { lines: { include: { site: true } } } })
  for (const { customerId, totalCents, lines, state, doneAt } of orders) {
    expect(lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0)).toBe(totalCents)
    for (const { site, produced, quantity } of lines) {
      expect(site.customerId).toBe(customerId)
      expect(produced).toBeLessThanOrEqual(quantity)
    }
    expect(doneAt !== null).toBe(state === 'done')
  }
  expect(new Set(orders.map(({ state }) => state))).toEqual(new Set(['open', 'producing', 'done', 'cancelled']))
  const short = await prisma.product.count({ where: { stock: { lt: prisma.product.fields.minimum } } })
  expect(short).toBeGreaterThan(0)
  const inLastHour = orders.filter(({ placedAt }) => placedAt.getTime() > Date.now() - 3_600_000)
  expect(inLastHour.length).toBeGreaterThanOrEqual(5)
  const made = await prisma.production.aggregate({ _sum: { quantity: true } })
  const producing = orders.filter(({ state }) => state === 'producing').flatMap(({ lines }) => lines)
  expect(made._sum.quantity).toBe(producing.reduce((sum, { produced }) => sum + produced, 0))
})

test('the series goes on after the numbers its orders have', async () => {
  const series = await running.prisma.numberSeries.findUniqueOrThrow({ where: { key: 'order' } })
  expect(series.next).toBe(501)
  const last = await running.prisma.workOrder.findFirstOrThrow({ orderBy: { placedAt: 'desc' } })
  expect(last.number).toBe(`WO-${series.year}-00500`)
})
