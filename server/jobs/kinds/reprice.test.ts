import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repriceResult } from '#channels/job-result'
import { container } from '#server/container'
import { startJob } from '#server/models/job'
import { cancelJob } from '#server/models/job-act'
import { readJob } from '#server/models/job-list'
import { highestPrice } from '#server/models/order-place'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import { pressure } from './reprice'

let server: TestServer
let ada: { id: string; name: string; role: 'admin' | 'member' }

beforeAll(async () => {
  server = await startTestServer({ settings: { DEMO_ORDERS: '300' } })
  ada = (await server.signIn('ada')).session.user
})
afterAll(() => server.stop())

const start = () => startJob(ada, { id: randomUUID(), kind: 'reprice', input: { most: 10 }, visibility: 'everyone' })
const prices = async () => {
  const rows = await container().database.prisma.product.findMany({ select: { sku: true, priceCents: true } })
  return new Map(rows.map(({ sku, priceCents }) => [sku, priceCents]))
}

test('what sells better or runs short is to become dearer, and never beyond what is allowed', () => {
  const numbers = fc.record({ recent: fc.nat(5_000), earlier: fc.nat(5_000), cover: fc.option(fc.nat(1_000)) })
  fc.assert(
    fc.property(numbers, ({ recent, earlier, cover }) => {
      const now = pressure({ recent, earlier, cover })
      expect(Math.abs(now)).toBeLessThanOrEqual(1)
      expect(pressure({ recent: recent + 10, earlier, cover })).toBeGreaterThanOrEqual(now)
      if (cover !== null) expect(pressure({ recent, earlier, cover: cover + 5 })).toBeLessThanOrEqual(now)
    }),
  )
})

test('every product is looked at, no price moves by more than was asked for, and placed orders keep theirs', async () => {
  const before = await prices()
  const agreed = await container().database.prisma.orderLine.aggregate({ _sum: { priceCents: true } })
  const { id } = await start()
  await eventually(async () => expect((await readJob(id)).job).toMatchObject({ state: 'done' }))
  const { job } = await readJob(id)
  const result = repriceResult.parse(job.result)
  expect(result.products).toBe(before.size)
  expect(result.raised + result.lowered).toBeGreaterThan(0)
  for (const [sku, after] of await prices()) {
    const was = before.get(sku) ?? 0
    expect(Math.abs(after - was)).toBeLessThanOrEqual(was * 0.1 + 0.5)
    expect(after).toBeLessThanOrEqual(highestPrice)
  }
  expect(await container().database.prisma.orderLine.aggregate({ _sum: { priceCents: true } })).toEqual(agreed)
})

test('cancelled half way, all prices are what they were, but one that somebody else has changed since', async () => {
  const before = await prices()
  const { prisma } = container().database
  const { id } = await start()
  const { sku } = await until(async () => {
    const { done } = (await readJob(id)).job
    const found = await prisma.$queryRaw<{ sku: string }[]>`
      SELECT changed->>'sku' AS sku FROM job, jsonb_array_elements(cursor->'changed') AS changed WHERE id = ${id}::uuid LIMIT 1`
    return done > 2 && found[0]
  })
  await prisma.product.update({
    where: { sku },
    data: { priceCents: 4_242, version: { increment: 1 } },
    select: { id: true },
  })
  await cancelJob(ada, id)
  await eventually(async () => expect((await readJob(id)).job).toMatchObject({ state: 'cancelled', done: 0 }))
  expect(await prices()).toEqual(new Map([...before, [sku, 4_242]]))
})
