import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest'
import type { ImportMode } from '#channels/order-import'
import { seed as fillWorkshop } from '#prisma/seed'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { makeOrderFile, type OrderFile } from '#server/jobs/import/test-order-file'
import { addJob } from '#server/models/job'
import { cancelJob, retryJob } from '#server/models/job-act'
import { readJob } from '#server/models/job-list'
import { readProblems } from '#server/models/job-problem'
import type { Actor } from '#server/models/job-row'
import { startImport } from '#server/models/order-import'
import { storeUpload } from '#server/models/order-import-upload'
import { sizes } from '#server/test-sizes'
import { eventually, until } from '#server/test-wait'

const seed = randomInt(1_000_000)

describe.each(sizes)('on the database in size $size', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let ada: Actor

  beforeAll(async () => {
    running = await open({ demoOrders: 0 })
    await fillWorkshop(running.env)
    const data = { name: `ada-${randomUUID()}`, passwordHash: 'none' }
    ada = await running.prisma.user.create({ data, select: { id: true, name: true, role: true } })
    await container().node.start()
    await container().work.jobs.start()
  })
  afterAll(async () => {
    await container().work.jobs.stop()
    await container().node.close()
    await running.close()
  })
  beforeEach(() => onTestFailed(() => void process.stderr.write(`seed ${seed}\n`)))
  afterEach(async () => {
    await running.prisma.workOrder.deleteMany()
    await running.prisma.job.deleteMany()
    await running.prisma.jobFile.deleteMany()
  })

  async function* bytesOf(text: string) {
    yield Buffer.from(text)
  }
  const upload = (text: string) =>
    storeUpload({ ownerId: ada.id, name: 'orders.csv', body: bytesOf(text), checkStart: () => {} })
  const begin = async (text: string, mode: ImportMode) =>
    (await startImport(ada, { id: randomUUID(), file: await upload(text), mode, visibility: 'own' })).id
  const look = async (id: string) => (await readJob(id)).job
  const comes = (id: string, expected: object) => eventually(async () => expect(await look(id)).toMatchObject(expected))
  const log = async (id: string) => (await readJob(id)).lines.map(({ text }) => text)
  const placed = async (id: string) => {
    const orders = await running.prisma.workOrder.findMany({
      where: { importId: id },
      select: { reference: true, number: true, _count: { select: { lines: true } } },
    })
    expect(new Set(orders.map(({ number }) => number)).size).toBe(orders.length)
    return new Map(orders.map(({ reference, _count }) => [reference, _count.lines]))
  }
  const good = ({ lines, bad }: OrderFile) => new Map([...lines].filter(([reference]) => !bad.has(reference)))

  test('a file without a problem is ordered whole', async () => {
    const file = makeOrderFile({ orders: 120, seed, mark: true })
    const id = await begin(file.text, 'all')
    await comes(id, { state: 'done', done: file.rows, total: file.rows })
    expect((await look(id)).result).toMatchObject({ orders: 120, lines: file.rows, left: 0, problems: 0 })
    expect(await placed(id)).toEqual(file.lines)
  })

  test('all or none: with one problem nothing is ordered, and the same file may be sent again', async () => {
    const file = makeOrderFile({ orders: 40, errors: 1, seed, delimiter: ',' })
    const id = await begin(file.text, 'all')
    await comes(id, { state: 'failed', failure: expect.stringMatching(/^Nothing was ordered/) })
    expect(await placed(id)).toEqual(new Map())
    expect(await readProblems(ada, id, null)).toMatchObject({ total: expect.any(Number), more: false })
    await comes(await begin(file.text, 'good'), { state: 'done' })
  })

  test('only the good rows: an order with a problem in one row is left out whole', async () => {
    const file = makeOrderFile({ orders: 90, errors: 17, seed, delimiter: '\t', newline: '\n' })
    const id = await begin(file.text, 'good')
    await comes(id, { state: 'done' })
    const kept = good(file)
    expect(await placed(id)).toEqual(kept)
    const lines = [...kept.values()].reduce((sum, count) => sum + count, 0)
    expect((await look(id)).result).toMatchObject({ orders: 73, lines, left: file.rows - lines })
    const { problems, total } = await readProblems(ada, id, null)
    expect(total).toBe(problems.length)
    expect(total).toBeGreaterThanOrEqual(17)
    const rows = problems.map(({ row }) => row)
    expect(rows).toEqual([...rows].sort((one, other) => one - other))
  })

  test('an order whose rows do not stand together is left out with all of them, and so is one that breaks off', async () => {
    const row = (reference: string, quantity = '1') => `${reference},10001,2027-01-31,BR-100,${quantity}`
    const text = [
      'reference,customer,due,sku,quantity',
      row('A'),
      row('B'),
      row('A'),
      row('C'),
      row('D'),
      '"E,10001',
      row('F'),
    ]
    const id = await begin(text.join('\n'), 'good')
    await comes(id, { state: 'done' })
    expect([...(await placed(id)).keys()].sort()).toEqual(['B', 'C'])
    const { problems } = await readProblems(ada, id, null)
    expect(problems).toMatchObject([
      { row: 4, column: 'reference', message: expect.stringContaining('begins in row 2') },
      { row: 7, column: null, message: expect.stringContaining('never closed') },
    ])
    expect((await look(id)).result).toMatchObject({ orders: 2, left: 4 })
  })

  test('a reference that is known is not ordered again, from another file either', async () => {
    const file = makeOrderFile({ orders: 6, seed, rows: [1, 1] })
    await comes(await begin(file.text, 'all'), { state: 'done' })
    const id = await begin(`${file.text}\r\n`, 'good')
    await comes(id, { state: 'failed', failure: expect.stringContaining('Nothing was ordered') })
    const { problems } = await readProblems(ada, id, null)
    expect(problems.map(({ message }) => message)).toEqual(
      Array(6).fill(expect.stringMatching(/already ordered, as WO-/)),
    )
    expect(await running.prisma.workOrder.count()).toBe(6)
  })

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'in %s an order may be due today, and no sooner',
    async (zone) => {
      const before = process.env.TZ
      process.env.TZ = zone
      try {
        const now = new Date()
        const due = (days: number) =>
          new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + days)).toISOString().slice(0, 10)
        const rows = [`Y,10001,${due(-1)},BR-100,1`, `T,10001,${due(0)},BR-100,1`]
        const id = await begin(['reference,customer,due,sku,quantity', ...rows].join('\n'), 'good')
        await comes(id, { state: 'done' })
        expect([...(await placed(id)).keys()]).toEqual(['T'])
        const { problems } = await readProblems(ada, id, null)
        expect(problems).toMatchObject([{ row: 2, column: 'due', message: 'It is in the past.' }])
      } finally {
        if (before === undefined) delete process.env.TZ
        else process.env.TZ = before
      }
    },
  )

  test('all or none: what a cancelled run has ordered is taken back', async () => {
    const file = makeOrderFile({ orders: 900, seed })
    const id = await begin(file.text, 'all')
    await until(() => running.prisma.workOrder.count({ where: { importId: id } }))
    await cancelJob(ada, id)
    await comes(id, { state: 'cancelled' })
    const [, taken = ''] = (await log(id)).map((line) => /^(\d+) orders taken back/.exec(line)).find(Boolean) ?? []
    expect(Number(taken), 'it stopped where it was').toBeLessThan(900)
    expect(Number(taken)).toBeGreaterThan(0)
    expect(await running.prisma.workOrder.count()).toBe(0)
  })

  test('only the good rows: what a cancelled run has ordered stays, and a retry goes on from there', async () => {
    const file = makeOrderFile({ orders: 700, errors: 30, seed })
    const id = await begin(file.text, 'good')
    await until(() => running.prisma.workOrder.count({ where: { importId: id } }))
    await cancelJob(ada, id)
    await comes(id, { state: 'cancelled' })
    const stayed = await running.prisma.workOrder.findMany({ where: { importId: id }, select: { id: true } })
    expect(stayed.length).toBeGreaterThan(0)
    expect(stayed.length).toBeLessThan(670)
    await retryJob(ada, { id, attempt: 1 })
    await comes(id, { state: 'done' })
    expect(await placed(id)).toEqual(good(file))
    const kept = await running.prisma.workOrder.count({ where: { id: { in: stayed.map((order) => order.id) } } })
    expect(kept).toBe(stayed.length)
  })

  test('a job with the file of another person, or of another job, imports nothing', async () => {
    const file = await upload(makeOrderFile({ orders: 3, seed }).text)
    const data = { name: `eve-${randomUUID()}`, passwordHash: 'none' }
    const eve = await running.prisma.user.create({ data, select: { id: true, name: true, role: true } })
    const steal = (actor: Actor) =>
      transaction((tx) =>
        addJob(tx, actor, {
          id: randomUUID(),
          kind: 'import',
          title: 'x',
          input: { fileId: file.id, mode: 'good', rows: 3 },
          visibility: 'own',
        }),
      )
    await comes((await steal(eve)).id, { state: 'failed', failure: expect.stringContaining('not there') })
    const { id } = await startImport(ada, { id: randomUUID(), file, mode: 'good', visibility: 'own' })
    await comes(id, { state: 'done' })
    await comes((await steal(ada)).id, { state: 'failed', failure: expect.stringContaining('not there') })
    expect(await running.prisma.workOrder.count()).toBe(3)
  })

  test('a job that is begun again after another one has imported the same file does not import it again', async () => {
    const { text } = makeOrderFile({ orders: 5, errors: 1, seed })
    const first = await begin(text, 'all')
    await comes(first, { state: 'failed' })
    await comes(await begin(text, 'good'), { state: 'done' })
    await retryJob(ada, { id: first, attempt: 1 })
    await comes(first, { state: 'failed', failure: 'This file was imported before.' })
    expect(await running.prisma.workOrder.count()).toBe(4)
  })

  test('a list of problems is read by the page', async () => {
    const rows = Array.from({ length: 150 }, (_, nth) => `R${nth},0,x,,x,x,x,,`)
    const id = await begin(
      ['reference,customer,due,priority,sku,quantity,site,contact,note', ...rows].join('\n'),
      'all',
    )
    await comes(id, { state: 'failed' })
    let page = await readProblems(ada, id, null)
    expect(page.total).toBe(600)
    const seen = [...page.problems]
    while (page.more && seen.length < 500) {
      page = await readProblems(ada, id, seen.at(-1) ?? null)
      seen.push(...page.problems)
    }
    expect(new Set(seen.map(({ row, number }) => `${row}/${number}`)).size).toBe(500)
  })
})
