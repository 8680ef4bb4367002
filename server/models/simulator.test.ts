import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { roomKey } from '#channels/contract'
import { dashboard, simulatorRoom } from '#channels/dashboard'
import { container } from '#server/container'
import type { LiveSession } from '#server/models/session'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { endSimulator, paceSimulator, readSimulator, runsFor, startSimulator, stopSimulator } from './simulator'

let server: TestServer
let ada: Visitor
let ben: Visitor
let admin: LiveSession['user']
let member: LiveSession['user']

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
  admin = ada.session.user
  member = ben.session.user
  // What it does has tests of its own.
  await container().work.simulator.stop()
})
afterAll(() => server.stop())
beforeEach(() => stopSimulator(admin))

/** Another one after each start of the server. */
const prisma = () => container().database.prisma

test('a member operates nothing, and nothing changes', async () => {
  const before = await readSimulator()
  for (const act of [() => startSimulator(member, 60), () => paceSimulator(member, 60), () => stopSimulator(member)]) {
    await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
  }
  expect(await readSimulator()).toEqual(before)
})

test('nor does a member’s socket, and in a room of figures there is nothing to operate', async () => {
  const [theirs, ours] = await Promise.all([server.connect(ben), server.connect(ada)])
  for (const room of [simulatorRoom, 'all']) {
    expect(await theirs.emitWithAck('dashboard:join', { room })).toMatchObject({ ok: true })
    expect(await ours.emitWithAck('dashboard:join', { room })).toMatchObject({ ok: true })
  }
  const ask = { room: simulatorRoom, input: { speed: 60 } }
  expect(await theirs.emitWithAck('dashboard:start', ask)).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await theirs.emitWithAck('dashboard:stop', { ...ask, input: {} })).toMatchObject({ code: 'forbidden' })
  expect(await ours.emitWithAck('dashboard:start', { ...ask, room: 'all' })).toMatchObject({ code: 'not-found' })
  expect(await readSimulator()).toMatchObject({ run: null })
  for (const socket of [theirs, ours]) socket.disconnect()
})

test.each([0, -1, 1.5, 601, Number.NaN, '60', null])('%j is no speed', async (speed) => {
  await expect(startSimulator(admin, speed as number)).rejects.toMatchObject({ code: 'invalid' })
  expect((await readSimulator()).run).toBeNull()
})

test('what stands still has no pace', async () => {
  await expect(paceSimulator(admin, 60)).rejects.toMatchObject({ code: 'conflict' })
})

test('where nothing can be ordered it does not start', async () => {
  const empty = await startTestServer({ settings: { DEMO: 'false' } })
  try {
    await expect(startSimulator({ ...admin }, 60)).rejects.toMatchObject({ code: 'conflict' })
  } finally {
    await empty.stop()
    await server.restart()
    await container().work.simulator.stop()
  }
})

test('it says who runs it, since when, how fast and until when; each change is one version', async () => {
  const { version } = await readSimulator()
  const started = await startSimulator(admin, 60)
  expect(started).toMatchObject({ version: version + 1, run: { by: { id: admin.id, name: 'ada' }, speed: 60 } })
  const { since = 0, until = 0 } = started.run ?? {}
  expect(until - since).toBe(runsFor)
  expect((await paceSimulator(admin, 600)).run).toEqual({ ...started.run, speed: 600 })
  expect(await paceSimulator(admin, 600)).toMatchObject({ version: version + 2 })
  expect(await stopSimulator(admin)).toEqual({ version: version + 3, run: null })
  expect(await stopSimulator(admin)).toEqual({ version: version + 3, run: null })
  expect(await readSimulator()).toEqual({ version: version + 3, run: null })
})

test('of many changes at once none is lost, and each is told once', async () => {
  const { version } = await startSimulator(admin, 1)
  const speeds = Array.from({ length: 20 }, (_, nth) => nth + 2)
  await Promise.all(speeds.map((speed) => paceSimulator(admin, speed)))
  expect(await readSimulator()).toMatchObject({ version: version + speeds.length })
  const told = await prisma().logEntry.findMany({
    where: { room: roomKey(dashboard, simulatorRoom) },
    orderBy: { seq: 'asc' },
  })
  const versions = told.map(({ data }) => dashboard.pushes.switched.data.parse(data).version)
  expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => one - other))
})

test('when its time is over it stops, and is told to have stopped once', async () => {
  const { run, version } = await startSimulator(admin, 60)
  await endSimulator()
  expect(await readSimulator()).toMatchObject({ version })
  const over = { version, run: run && { ...run, until: Date.now() - 1 } }
  await prisma().setting.update({ where: { key: 'simulator' }, data: { value: over } })
  await expect(paceSimulator(admin, 30)).rejects.toMatchObject({ code: 'conflict' })
  await Promise.all([endSimulator(), endSimulator(), endSimulator()])
  expect(await readSimulator()).toEqual({ version: version + 1, run: null })
})
