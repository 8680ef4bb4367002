import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PresenceEntry, presence } from '#channels/presence'
import type { Pushed, PushFrame } from '#channels/wire'
import { container, fillContainer } from '#server/container'
import { createChatRooms } from '#server/models/chat-room-import'
import { endSession } from '#server/models/session'
import { changeRole, renameUser } from '#server/models/user'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { openPresence, Presence } from './presence'

let server: TestServer
let ada: Visitor
let ben: Visitor
let cleo: Visitor
/** A room in which nobody has been, and its presence. */
let chatRoom: string
let room: string

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
  cleo = await server.signIn('cleo')
})
beforeEach(async () => {
  chatRoom = randomUUID()
  room = `chat:${chatRoom}`
  await createChatRooms([{ key: chatRoom, title: 'A room', topic: 'for one test' }])
})
afterAll(() => server.stop())

const join = (socket: Socket, of = room) => socket.emitWithAck('presence:join', { room: of })
const leave = (socket: Socket) => socket.emitWithAck('presence:leave', { room })
const move = (socket: Socket, input: unknown) => socket.emitWithAck('presence:move', { room, input })
const cut = (socket: Socket) => socket.io.engine.close()
const userOf = ({ session: { user } }: Visitor) => ({ id: user.id, name: user.name })

async function arrive(visitor: Visitor): Promise<Socket> {
  const socket = await server.connect(visitor)
  expect(await join(socket)).toMatchObject({ ok: true })
  return socket
}

/** Who is there, as a member sees it; `seen` has all that it saw on the way. */
async function watch(visitor: Visitor) {
  const socket = await server.connect(visitor)
  const entries = new Map<string, PresenceEntry>()
  const here = () => [...entries.values()].filter(({ user }) => user.id !== visitor.session.user.id)
  const seen: PresenceEntry[][] = []
  const apply = (pushes: Pushed[]) => {
    for (const { push, key = '', data } of pushes) {
      if (push !== 'present') continue
      if (data === undefined) entries.delete(key)
      else entries.set(key, presence.pushes.present.data.parse(data))
    }
    seen.push(here())
  }
  socket.on('presence:push', (frame: PushFrame) => frame.room === room && apply(frame.pushes))
  apply((await join(socket)).latest)
  return { socket, here, seen }
}

const shows = (view: { here(): PresenceEntry[] }, ...expected: object[]) =>
  eventually(() => expect(view.here()).toEqual(expected.map((one) => expect.objectContaining(one))))

describe('refused', () => {
  test.each(['general', 'chat', 'chat:', ':general', 'weather:general', 'presence:chat:general', 'chat:attic'])(
    'the presence of "%s", where there is nothing',
    async (name) => {
      expect(await join(await server.connect(ben), name)).toMatchObject({ ok: false, code: 'not-found' })
    },
  )

  test('the presence of a room that one may not join', async () => {
    const socket = await server.connect(ben)
    expect(await join(socket, 'broadcast:admin')).toMatchObject({ ok: false, code: 'forbidden' })
    const end = endOf(socket)
    socket.emit('presence:move', { room: 'broadcast:admin', input: { idle: true, part: null } })
    expect(await end).toMatchObject({ reason: 'forbidden' })
  })

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['a part that is no name', { idle: false, part: '<b>' }],
    ['a part without end', { idle: false, part: 'x'.repeat(65) }],
    ['an idleness that is neither', { idle: 'a bit', part: null }],
  ])('whereabouts of %s', async (_, input) => {
    expect(await move(await arrive(ben), input)).toMatchObject({ ok: false, code: 'invalid' })
  })

  test('whereabouts in a room that one is not in, and more of them than anybody moves', async () => {
    const socket = await server.connect(await server.signIn('dora'))
    expect(await move(socket, { idle: true, part: null })).toMatchObject({ ok: false, code: 'not-joined' })
    await join(socket)
    const answers = await Promise.all(Array.from({ length: 60 }, () => move(socket, { idle: true, part: null })))
    expect(answers).toContainEqual(expect.objectContaining({ code: 'rate-limited', retryAfter: expect.any(Number) }))
  })
})

test('whoever joins is there, for themselves, for those who are there and for the next page', async () => {
  const view = await watch(cleo)
  const socket = await server.connect(ben)
  const { latest } = await join(socket)
  const entry = {
    user: userOf(ben),
    tab: expect.stringMatching(/^.{8}$/),
    idle: false,
    part: null,
    since: expect.any(Number),
  }
  await shows(view, entry)
  const [seen] = view.here()
  expect(latest).toContainEqual({
    push: 'present',
    key: `${seen?.user.id}/${seen?.tab}`,
    at: expect.any(Number),
    data: seen,
  })
  const painted = await openPresence(room)
  expect(painted.latest?.map(({ data }) => data)).toContainEqual(seen)
})

test('joining again, as after a gap, is no other arrival', async () => {
  const view = await watch(cleo)
  const socket = await arrive(ben)
  await move(socket, { idle: true, part: 'status' })
  await join(socket)
  await shows(view, { idle: true, part: 'status' })
  await leave(socket)
  await shows(view)
})

test('others see on which part of the page each tab is, and whether anybody looks at it', async () => {
  const view = await watch(cleo)
  const [one, other] = [await arrive(ben), await arrive(ben)]
  await shows(view, { user: userOf(ben) }, { user: userOf(ben) })
  expect(await move(one, { idle: false, part: 'status' })).toEqual({ ok: true, output: {} })
  expect(await move(other, { idle: true, part: null })).toEqual({ ok: true, output: {} })
  await shows(view, { part: 'status', idle: false }, { part: null, idle: true })
  const before = container().latest.read(presence, room)
  await move(other, { idle: true, part: null })
  expect(container().latest.read(presence, room), 'to stay where one is is no push').toEqual(before)
})

test('whoever leaves is gone at once', async () => {
  const view = await watch(cleo)
  const socket = await arrive(ben)
  await shows(view, { user: userOf(ben) })
  await leave(socket)
  await shows(view)
})

test('a reload shows on no other screen', async () => {
  const view = await watch(cleo)
  const socket = await arrive(ben)
  await move(socket, { idle: false, part: 'status' })
  await shows(view, { part: 'status' })
  const [entry] = view.here()
  const before = view.seen.length
  let tab = socket
  for (let round = 0; round < 3; round++) {
    cut(tab)
    tab = await arrive(ben)
    await shows(view, { ...entry, tab: tab.id?.slice(0, 8) })
  }
  expect(view.seen.slice(before).filter((here) => here.length === 0)).toEqual([])
})

test('a tab closed for good is gone after a while, and not before', async () => {
  const leaveAfter = 300
  const { latest, nodeMessages } = container()
  const usual = container().presence
  const presence = new Presence(latest, nodeMessages, { leaveAfter })
  fillContainer({ ...container(), presence })
  const view = await watch(cleo)
  const socket = await arrive(ben)
  await shows(view, { user: userOf(ben) })
  const closed = performance.now()
  cut(socket)
  await shows(view)
  expect(performance.now() - closed).toBeGreaterThan(leaveAfter - 5)
  fillContainer({ ...container(), presence: usual })
})

test('a tab that has answered no ping is gone without further waiting', async () => {
  const view = await watch(cleo)
  const socket = await arrive(ben)
  await shows(view, { user: userOf(ben) })
  const { conn } =
    container()
      .io.of('/')
      .sockets.get(socket.id ?? '') ?? {}
  // As Engine.IO does after 20 s without an answer; its types keep it to itself.
  Reflect.get(conn ?? {}, 'onClose').call(conn, 'ping timeout')
  await shows(view)
})

test('of two tabs that are cut, one that returns takes the place of one', async () => {
  const view = await watch(cleo)
  const tabs = [await arrive(ben), await arrive(ben)]
  for (const tab of tabs) cut(tab)
  await arrive(ben)
  await shows(view, { user: userOf(ben) }, { user: userOf(ben) })
})

describe('gone at once with the session', () => {
  test('that ends while the tab is open', async () => {
    const view = await watch(cleo)
    const dora = await server.signIn('dora')
    await arrive(dora)
    await shows(view, { user: userOf(dora) })
    await endSession(dora.session.id, 'signed_out')
    await shows(view)
  })

  test('that ends while the line is cut, as a page does that signs out', async () => {
    const view = await watch(cleo)
    const dora = await server.signIn('dora')
    const socket = await arrive(dora)
    const other = await arrive(ben)
    socket.disconnect()
    cut(other)
    await eventually(async () => expect(await container().io.in(`presence/${room}`).fetchSockets()).toHaveLength(1))
    await endSession(dora.session.id, 'signed_out')
    await shows(view, { user: userOf(ben) })
  })
})

test('whoever may no longer be in the room is not shown there either', async () => {
  const seen = () => container().latest.read(presence, 'broadcast:admin')
  const dora = await server.signIn('dora')
  await changeRole(ada.session.user, dora.session.user.id, 'admin')
  const socket = await server.connect(dora)
  expect(await join(socket, 'broadcast:admin')).toMatchObject({ ok: true, latest: [{ data: { user: userOf(dora) } }] })
  const told = new Promise((resolve) => socket.once('presence:left', resolve))
  await changeRole(ada.session.user, dora.session.user.id, 'member')
  expect(await told).toMatchObject({ room: 'broadcast:admin', code: 'forbidden' })
  expect(seen()).toEqual([])
})

test('a person who is given another name has it at once, where they are, and when they move', async () => {
  const view = await watch(cleo)
  const dora = await server.signIn('dora')
  const socket = await arrive(dora)
  await move(socket, { idle: true, part: null })
  await shows(view, { user: userOf(dora), idle: true })
  await renameUser(ada.session.user, dora.session.user.id, 'dorothea')
  const user = { id: dora.session.user.id, name: 'dorothea' }
  await shows(view, { user, idle: true })
  await move(socket, { idle: false, part: null })
  await shows(view, { user, idle: false })
  await renameUser(ada.session.user, dora.session.user.id, 'dora')
})

test('who is there by way of another node is seen, and gone when that node is', async () => {
  const { latest, nodeMessages, database } = container()
  const looking = new Presence(latest, nodeMessages, { lookEvery: 20 })
  const view = await watch(cleo)
  const [alive, dead] = await database.prisma.node.createManyAndReturn({
    data: [1, 2].map(() => ({ id: randomUUID(), startedAt: new Date(), seenAt: new Date() })),
  })
  const entryOf = (tab: string) => ({ user: userOf(ben), tab, idle: false, part: null, since: 1 })
  const show = (tab: string, owner = '') => {
    const pushed = { push: 'present', key: `${ben.session.user.id}/${tab}`, at: Date.now(), data: entryOf(tab) }
    latest.merge({ channel: 'presence', room, values: [{ pushed, owner }] })
  }
  show('alive', alive?.id)
  show('dead', dead?.id)
  await shows(view, entryOf('alive'), entryOf('dead'))
  await database.prisma.node.delete({ where: { id: dead?.id } })
  await shows(view, entryOf('alive'))
  await database.prisma.node.delete({ where: { id: alive?.id } })
  await shows(view)
  looking.close()
})

test('a node that others took for dead by mistake shows everyone again', async () => {
  const view = await watch(cleo)
  await arrive(ben)
  await shows(view, { user: userOf(ben) })
  container().latest.dropOwner(presence, container().node.id)
  await shows(view)
  container().presence.putAgain()
  await shows(view, { user: userOf(ben) })
})
