import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportResult } from '#channels/job-result'
import { container } from '#server/container'
import { startJob } from '#server/models/job'
import { readFile } from '#server/models/job-file'
import { openReport, readJob } from '#server/models/job-list'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'

let server: TestServer
let ben: { id: string; name: string; role: 'admin' | 'member' }

beforeAll(async () => {
  server = await startTestServer({ settings: { DEMO_ORDERS: '450' } })
  ben = (await server.signIn('ben')).session.user
})
afterAll(() => server.stop())

const report = async () => {
  const { id } = await startJob(ben, { id: randomUUID(), kind: 'report', input: {}, visibility: 'own' })
  await eventually(async () => expect((await readJob(id)).job).toMatchObject({ state: 'done' }))
  return id
}
const textOf = async (fileId: string) => {
  const pieces: Uint8Array[] = []
  for await (const piece of readFile(fileId)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('the file holds every order once, and the sums are those of the database', async () => {
  const { prisma } = container().database
  const customer = await prisma.customer.findFirstOrThrow({ select: { id: true, number: true } })
  await prisma.customer.update({ where: { id: customer.id }, data: { name: '=HYPERLINK("x")' }, select: { id: true } })
  const id = await report()
  const { job } = await readJob(id)
  expect(job).toMatchObject({ done: 450, total: 450, files: [{ type: 'text/csv' }] })

  const text = await textOf(job.files[0]?.id ?? '')
  expect(text.charCodeAt(0)).toBe(0xfeff)
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
  const orders = await prisma.workOrder.findMany({
    select: { number: true, totalCents: true, state: true, customerId: true },
  })
  expect(rows.map(({ order }) => order).sort()).toEqual(orders.map(({ number }) => number).sort())
  const euros = new Map(orders.map(({ number, totalCents }) => [number, (totalCents / 100).toFixed(2)]))
  for (const row of rows) expect(row.euros).toBe(euros.get(row.order ?? ''))
  // What a spreadsheet would take for a formula is text.
  expect(rows.filter(({ customer: number }) => number === String(customer.number)).map(({ name }) => name)).toContain(
    `'=HYPERLINK("x")`,
  )

  const result = reportResult.parse(job.result)
  const counted = orders.filter(({ state }) => state !== 'cancelled')
  const cents = counted.reduce((sum, { totalCents }) => sum + totalCents, 0)
  expect(result).toMatchObject({ orders: 450, cancelled: 450 - counted.length })
  expect(result.total).toMatchObject({ orders: counted.length, cents })
  for (const part of [result.months, result.lines, [...result.customers, result.others]]) {
    expect(part.reduce((sum, one) => sum + one.cents, 0)).toBe(cents)
  }
})

test('of a second report nothing is in the first, and the page to print is for whoever may see the job', async () => {
  const id = await report()
  expect((await readJob(id)).job.files).toHaveLength(1)
  expect(await openReport(ben, id)).toMatchObject({ job: { id }, report: { orders: 450 } })
  expect(await openReport({ ...ben, id: crypto.randomUUID() }, id)).toBeNull()
  expect(await openReport(ben, 'nonsense')).toBeNull()
})

test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('in %s a month begins at midnight', async (zone) => {
  const before = process.env.TZ
  process.env.TZ = zone
  try {
    const { prisma } = container().database
    const orders = await prisma.workOrder.findMany({
      where: { state: { not: 'cancelled' } },
      take: 2,
      select: { id: true },
    })
    for (const [nth, placedAt] of [new Date(2020, 4, 31, 23, 30), new Date(2020, 5, 1, 0, 30)].entries()) {
      await prisma.workOrder.update({ where: { id: orders[nth]?.id ?? '' }, data: { placedAt }, select: { id: true } })
    }
    const { months } = reportResult.parse((await readJob(await report())).job.result)
    expect(months.slice(0, 2)).toMatchObject([
      { month: '2020-05', orders: 1 },
      { month: '2020-06', orders: 1 },
    ])
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})
