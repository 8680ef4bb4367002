import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { mostImportBytes, mostImportRows } from '#channels/order-import'
import { seed } from '#prisma/seed'
import { cookiesFor } from '#server/auth/test-cookies'
import { heldFor } from '#server/models/busy-lock'
import { cancelJob } from '#server/models/job-act'
import { findFile, openFile, pieceBytes, readFile, sweepUploads } from '#server/models/job-file'
import { openJobFile } from '#server/models/job-file-download'
import { openProblems } from '#server/models/job-problem'
import type { Actor } from '#server/models/job-row'
import { startSession } from '#server/models/session'
import { sizes } from '#server/test-sizes'
import { until } from '#server/test-wait'
import { downloadOf, problemsAsCsv } from './download'
import { receiveImport } from './upload'

const origin = 'http://127.0.0.1:4000'
const heading = 'reference;customer;due;sku;quantity\r\n'
let nth = 0
/** Another file each time. */
const fresh = () => `${heading}T-${nth++};10001;2026-12-24;BR-100;1\r\n`

describe.each(sizes)('on the database in size $size', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let ada: Actor
  let bob: Actor
  let own: Record<string, string>

  const person = (role: 'admin' | 'member') =>
    running.prisma.user.create({
      data: { name: `p-${randomUUID()}`, passwordHash: 'none', role },
      select: { id: true, name: true, role: true },
    })

  // No job runs: what is uploaded waits.
  beforeAll(async () => {
    running = await open({ demoOrders: 0 })
    await seed(running.env)
    ada = await person('member')
    bob = await person('member')
    const session = await startSession({ user: ada, device: 'a test', address: '127.0.0.1' })
    const { cookie, csrfToken } = await cookiesFor(session.id)
    own = { origin, host: '127.0.0.1:4000', cookie, 'x-csrf-token': csrfToken }
  })
  afterEach(async () => {
    await running.prisma.job.deleteMany()
    expect(await running.prisma.jobFile.count(), 'files that are left behind').toBe(0)
  })
  afterAll(() => running.close())

  const choice = { name: 'orders.csv', mode: 'good', visibility: 'own' }
  /** Under an id of its own, where none is given. */
  const send = (
    body: BodyInit,
    { actor = ada, headers = own, query = choice }: { actor?: Actor; headers?: object; query?: object } = {},
  ) => {
    const address = `${origin}/jobs/upload?${new URLSearchParams({ id: randomUUID(), ...query })}`
    return receiveImport(
      actor,
      new Request(address, { method: 'POST', headers: { ...headers }, body, duplex: 'half' } as RequestInit),
    )
  }

  test.each([
    ['from another site', { origin: 'http://evil.example' }],
    ['without an Origin', { origin: '' }],
    ['without the CSRF token', { 'x-csrf-token': '' }],
    ['with another CSRF token', { 'x-csrf-token': 'f'.repeat(64) }],
    ['without the cookie of the token', { cookie: '' }],
  ])('what is sent %s is refused', async (_, headers) => {
    await expect(send(fresh(), { headers: { ...own, ...headers } })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test.each([
    ['nothing', '', 'invalid'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'invalid'],
    ['a text that is not in UTF-8', Buffer.from(`${heading}Käse`, 'latin1'), 'invalid'],
    ['half a character at its end', Buffer.from(`${heading}ä`).subarray(0, -1), 'invalid'],
    ['another table', 'name,age\nada,36\n', 'invalid'],
    ['too many rows', heading + 'x\n'.repeat(mostImportRows + 1), 'too-large'],
  ])('%s is refused', async (_, body, code) => {
    await expect(send(body)).rejects.toMatchObject({ code })
  })

  test.each([{ mode: 'some' }, { visibility: 'all' }, { name: undefined }, { id: 'no id' }])(
    '%j is invalid',
    async (change) => {
      const query = Object.fromEntries(
        Object.entries({ ...choice, ...change }).filter(([, value]) => value !== undefined),
      )
      await expect(send(fresh(), { query })).rejects.toMatchObject({ code: 'invalid' })
    },
  )

  test('more than 20 MB is refused when it says so, and else as soon as it has come', async () => {
    const headers = { ...own, 'content-length': `${mostImportBytes + 1}` }
    await expect(send(fresh(), { headers })).rejects.toMatchObject({ code: 'too-large' })
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(Buffer.from(sent === 1 ? heading : 'x'.repeat(1024 * 1024)))
      },
    })
    await expect(send(endless)).rejects.toMatchObject({ code: 'too-large' })
    expect(sent).toBeLessThan(25)
  })

  test('a line that is cut leaves nothing behind', async () => {
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(heading + 'x'.repeat(pieceBytes))),
      pull: (controller) => controller.error(new Error('The line was cut.')),
    })
    await expect(send(cut)).rejects.toThrow('The line was cut.')
  })

  test('a fourth upload at the same time is refused; when one has ended there is room again', async () => {
    const holds: ReadableStreamDefaultController<Uint8Array>[] = []
    const slow = () => new ReadableStream<Uint8Array>({ start: (controller) => void holds.push(controller) })
    const under = [send(slow()), send(slow()), send(slow())]
    await until(async () => (await running.prisma.jobFile.count()) === 3)
    await expect(send(fresh())).rejects.toMatchObject({ code: 'rate-limited' })
    for (const hold of holds.slice(0, 2)) hold.error(new Error('cut'))
    await expect(Promise.allSettled(under.slice(0, 2))).resolves.toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ])
    await expect(send(fresh())).resolves.toMatchObject({ id: expect.any(String) })
    holds[2]?.error(new Error('cut'))
    await expect(under[2]).rejects.toThrow()
  })

  test('a file is stored as it was sent, in pieces, and belongs to its job', async () => {
    const body = `\ufeff${heading}${Array.from({ length: 6_000 }, (_, row) => `S-${row};10001;2026-12-24;BR-100;${row % 900}\n`).join('')}`
    const { id } = await send(body, { query: { ...choice, name: 'C:\\Users\\ada\\Orders “June”.csv' } })
    const job = await running.prisma.job.findUniqueOrThrow({ where: { id }, include: { files: true } })
    expect(job).toMatchObject({ kind: 'import', state: 'waiting', total: 6_000, title: 'Import of Orders “June”.csv' })
    expect(job.files).toMatchObject([{ ownerId: ada.id, bytes: Buffer.byteLength(body) }])
    const pieces: Uint8Array[] = []
    for await (const piece of readFile(job.files[0]?.id ?? '')) pieces.push(piece)
    expect(pieces.length).toBe(Math.ceil(Buffer.byteLength(body) / pieceBytes))
    expect(Buffer.concat(pieces).toString()).toBe(body)
  })

  test('the same file twice is a conflict, which names the job to those who may see it', async () => {
    const file = fresh()
    const { id } = await send(file)
    await expect(send(file, { query: { ...choice, name: 'another name.csv' } })).rejects.toMatchObject({
      code: 'conflict',
      details: { theirs: { id, title: 'Import of orders.csv' } },
    })
    await expect(send(file, { actor: bob })).rejects.toMatchObject({ code: 'conflict', details: { theirs: undefined } })
    await cancelJob(ada, id)
    await expect(send(file, { actor: bob })).resolves.toMatchObject({ id: expect.any(String) })
  })

  test('sent again under the same id it is the same job, also at the same instant and whatever became of it', async () => {
    const [file, query] = [fresh(), { ...choice, id: randomUUID() }]
    const { id } = query
    expect(await Promise.all([send(file, { query }), send(file, { query })])).toEqual([{ id }, { id }])
    await cancelJob(ada, id)
    expect(await send(file, { query })).toEqual({ id })
    expect(await send(fresh(), { query })).toEqual({ id })
    expect(await running.prisma.job.findMany({ include: { files: true } })).toMatchObject([{ id, files: [{}] }])
    expect(await running.prisma.jobFile.count()).toBe(1)
    await expect(send(fresh(), { actor: bob, query })).rejects.toMatchObject({ code: 'conflict', details: {} })
  })

  test('of two that race with the same file, one is imported', async () => {
    const file = fresh()
    const results = await Promise.allSettled([send(file), send(file, { actor: bob }), send(file)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await running.prisma.job.count()).toBe(1)
  })

  test('a file is for those who may see its job', async () => {
    const { id } = await send(fresh())
    const [file] = await running.prisma.jobFile.findMany({ where: { jobId: id } })
    const fileId = file?.id ?? ''
    const admin = await person('admin')
    await expect(openJobFile(bob, id, fileId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(openProblems(bob, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(openJobFile(ada, randomUUID(), fileId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(openJobFile(ada, 'x', '../y')).rejects.toMatchObject({ code: 'not-found' })
    await expect(openProblems(ada, 'x')).rejects.toMatchObject({ code: 'not-found' })
    expect(await openJobFile(ada, id, fileId)).toMatchObject({ name: 'orders.csv' })
    expect(await openJobFile(admin, id, fileId)).toMatchObject({ name: 'orders.csv' })
    await running.prisma.job.update({ where: { id }, data: { visibility: 'everyone' } })
    expect(await openJobFile(bob, id, fileId)).toMatchObject({ name: 'orders.csv' })
    await running.prisma.jobFile.update({ where: { id: fileId }, data: { sha256: null } })
    await expect(openJobFile(ada, id, fileId)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('what was uploaded by half is removed after an hour', async () => {
    const file = { ownerId: ada.id, jobId: null, name: 'a.csv', type: 'text/csv' }
    const [old, young] = [await openFile(file), await openFile(file)]
    await running.prisma.jobFile.update({
      where: { id: old.id },
      data: { createdAt: new Date(Date.now() - 61 * 60_000) },
    })
    await running.prisma.busyLock.updateMany({ data: { until: new Date(Date.now() - heldFor) } })
    await sweepUploads()
    expect(await findFile(old.id)).toBeNull()
    expect(await findFile(young.id)).toMatchObject({ sha256: null })
    expect(await running.prisma.busyLock.count()).toBe(0)
    await running.prisma.jobFile.delete({ where: { id: young.id } })
  })
})

test('a download is saved, under a name that harms nobody, and not looked into', async () => {
  async function* body() {
    yield Buffer.from('a,b')
  }
  const { headers, ...answer } = downloadOf('a"b\r\nset-cookie: x\u2026 (1).csv', 'text/csv', body(), 3)
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="a_b__set-cookie: x_ (1).csv"; filename*=UTF-8''a%22b%0D%0Aset-cookie%3A%20x%E2%80%A6%20%281%29.csv`,
  )
  expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual([
    'nosniff',
    'private, no-store',
  ])
  expect(answer).toBeDefined()
})

test('in the list of problems nothing is a formula', async () => {
  async function* pages() {
    yield [
      {
        row: 2,
        number: 1,
        column: 'sku',
        value: '=HYPERLINK("http://evil")',
        message: 'There is no product with this SKU.',
      },
    ]
    yield [{ row: 0, number: 1, column: null, value: null, message: 'a; "b", c' }]
  }
  let text = ''
  for await (const bytes of problemsAsCsv(pages())) text += Buffer.from(bytes).toString()
  expect(text).toBe(
    '\ufeffrow,column,value,problem\r\n2,sku,"\'=HYPERLINK(""http://evil"")",There is no product with this SKU.\r\n,,,"a; ""b"", c"\r\n',
  )
})
