import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import { container } from '#server/container'
import { renewSession } from '#server/models/session'
import { changeRole, renameUser } from '#server/models/user'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import type { Connection } from './connection'
import type { Fold } from './fold'
import { openRoom, type Room } from './room'
import { connectAs } from './test-client'

const vault = defineChannel({
  name: 'vault',
  room: z.string(),
  state: z.object({ holds: z.array(z.string()) }),
  pushes: { put: stream(z.string()) },
  calls: { look: { input: z.null(), output: z.string() } },
})

/** How long the server takes to find out who may be where. */
let authorized: Promise<void> | undefined
let asked = 0
const serveVault = serve(vault, {
  authorize: async ({ session: { user }, room }) => {
    asked++
    await authorized
    if (room === 'admins' && user.role !== 'admin') refuse('forbidden', 'For admins.')
  },
  state: async () => ({ holds: [] }),
  calls: { look: async ({ session: { user } }) => user.name },
})
const fold: Fold<typeof vault> = { pushes: { put: (state, text) => ({ holds: [...state.holds, text] }) } }

let server: TestServer
let root: Visitor
let visitor: Visitor
let connection: Connection
let people = 0

beforeAll(async () => {
  server = await startTestServer({ channels: [serveVault] })
  root = await server.signIn('ada')
})
afterAll(() => server.stop())
beforeEach(async () => {
  authorized = undefined
  const name = `person-${++people}`
  await container().database.prisma.user.create({ data: { name, role: 'admin', passwordHash: 'none' } })
  visitor = await server.signIn(name)
  connection = connectAs(server.url, visitor)
})
afterEach(() => connection.hangUp())

const enter = (name: string) =>
  openRoom(connection, vault, name, { state: { holds: [] }, position: { epoch: '', seq: 0 } }, fold)
const is = (room: Room<typeof vault>, status: string) => until(() => room.snapshot.status === status)
const user = () => visitor.session.user
const become = (role: 'admin' | 'member') => changeRole(root.session.user, user().id, role)

describe('a room that its person may no longer be in', () => {
  test('is denied with the reason, and nothing that comes late is applied', async () => {
    const room = enter('admins')
    await is(room, 'joined')
    await become('member')
    await is(room, 'denied')
    expect(room.snapshot.refusal).toEqual({ ok: false, code: 'forbidden', message: 'For admins.' })
    await expect(room.call('look', null)).rejects.toMatchObject({ refused: { code: 'forbidden' } })
    room.receive([{ push: 'put', seq: 1, at: Date.now(), data: 'late' }])
    expect(room.snapshot.state.holds).toEqual([])
    expect(connection.status.is).toBe('connected')
    expect(connection.person).toMatchObject({ role: 'member' })
  })

  test('is asked for again when its person is another, and joined with all that came meanwhile', async () => {
    const name = 'admins'
    const room = enter(name)
    await is(room, 'joined')
    await become('member')
    await is(room, 'denied')
    await publish(vault, name, 'put', 'meanwhile')
    const statuses = new Set<string>()
    const unwatch = room.subscribe(() => statuses.add(room.snapshot.status))
    await become('admin')
    await is(room, 'joined')
    unwatch()
    expect(room.snapshot).toMatchObject({ state: { holds: ['meanwhile'] }, refusal: undefined })
    expect(statuses).toEqual(new Set(['joined']))
  })
})

test('a room that is still open lacks nothing of what came while that was found out, and stays joined', async () => {
  const name = randomUUID()
  const room = enter(name)
  await is(room, 'joined')
  await publish(vault, name, 'put', 'before')
  let open = () => {}
  authorized = new Promise((resolve) => {
    open = resolve
  })
  const seen: unknown[] = []
  room.watch(({ data }) => seen.push(data))
  const before = asked
  await renameUser(user(), user().id, randomUUID().slice(0, 8))
  await until(() => asked > before)
  for (const text of ['one', 'two', 'three']) await publish(vault, name, 'put', text)
  open()
  authorized = undefined
  await eventually(() => expect(room.snapshot.state.holds).toEqual(['before', 'one', 'two', 'three']))
  expect(seen.filter((text) => text !== 'before')).toEqual(['one', 'two', 'three'])
  expect(room.snapshot.status).toBe('joined')
})

test('who the person is, is known from the start, and again after a cut in which it changed', async () => {
  await until(() => connection.person?.role === 'admin')
  expect(connection.person).toEqual(user())
  connection.cut()
  await become('member')
  await until(() => connection.person?.role === 'member')
})

describe('a session of which half is over', () => {
  const expireIn = (wait: number) =>
    container().database.prisma.session.update({
      where: { id: visitor.session.id },
      data: { expiresAt: new Date(Date.now() + wait) },
    })

  test('is renewed by the client, one try at a time, again where one failed, and then no more', async () => {
    await expireIn(60_000)
    let trying = 0
    let most = 0
    const renew = vi.fn(async () => {
      most = Math.max(most, ++trying)
      await new Promise((resolve) => setTimeout(resolve, 200))
      trying--
      if (renew.mock.calls.length === 1) throw new Error('The server could not be reached.')
      await renewSession(visitor.session.id)
    })
    const lively = connectAs(server.url, visitor, { sayAliveEvery: 20, renew })
    await until(() => renew.mock.calls.length === 2 && trying === 0)
    await expect
      .poll(async () => (await lively.socket.emitWithAck('alive', {})).renew, { interval: 20 })
      .toBeUndefined()
    expect(renew).toHaveBeenCalledTimes(2)
    expect(most).toBe(1)
    lively.hangUp()
  })
})
