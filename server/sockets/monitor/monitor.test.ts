import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Happening, monitor, nodeFigures, type SocketPage } from '#channels/monitor'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { openSocket } from '#server/sockets/test-client'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'

let server: TestServer
let ada: Visitor
let ben: Visitor
let admin: Socket

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
  admin = await server.connect(ada)
})
afterAll(() => server.stop())

const room = 'all'
const join = (socket: Socket, name = room) => socket.emitWithAck('monitor:join', { room: name })
const call = (socket: Socket, name: string, input: object, at = room) =>
  socket.emitWithAck(`monitor:${name}`, { room: at, input })
const list = async (query: object): Promise<SocketPage> =>
  (await call(admin, 'list', { group: 'none', page: 0, ...query })).output
const nobody = '0190b6f0-0000-7000-8000-000000000001'

describe('refused', () => {
  test('to a member: the figures, a timeline, their own too', async () => {
    const socket = await server.connect(ben)
    for (const name of [room, ben.session.user.id, nobody]) {
      expect(await join(socket, name)).toMatchObject({ ok: false, code: 'forbidden' })
    }
    socket.disconnect()
  })

  test.each([
    ['list', { group: 'none', page: 0 }],
    ['send', { to: { person: nobody }, text: 'hello' }],
    ['end', { socket: 'any' }],
    ['endAll', { person: nobody }],
  ])('to a member: the call %s, which closes the socket', async (name, input) => {
    const socket = await server.connect(ben)
    const end = endOf(socket)
    socket.emit(`monitor:${name}`, { room, input })
    expect(await end).toMatchObject({ reason: 'forbidden' })
  })

  test('to a member at the door itself, whichever way they come', async () => {
    const { endAllSockets, endSocket, listSockets, openMonitor, sendMessage } = await import('./operate')
    const member = ben.session.user
    const refused = { code: 'forbidden' }
    await expect(openMonitor(member)).rejects.toMatchObject(refused)
    await expect(listSockets(member, { group: 'none', page: 0 })).rejects.toMatchObject(refused)
    await expect(sendMessage(member, { to: { person: nobody }, text: 'x' })).rejects.toMatchObject(refused)
    await expect(endSocket(member, admin.id ?? '')).rejects.toMatchObject(refused)
    await expect(endAllSockets(member, ada.session.user.id)).rejects.toMatchObject(refused)
    expect(admin.connected).toBe(true)
  })

  test('to an admin: a socket and a person there are not, and an empty message', async () => {
    await join(admin)
    expect(await call(admin, 'end', { socket: 'nothing' })).toMatchObject({ code: 'not-found' })
    expect(await call(admin, 'send', { to: { socket: 'nothing' }, text: 'hello' })).toMatchObject({ code: 'not-found' })
    expect(await call(admin, 'send', { to: { person: nobody }, text: 'hello' })).toMatchObject({ code: 'not-found' })
    expect(await call(admin, 'send', { to: { socket: admin.id }, text: ' ' })).toMatchObject({ code: 'invalid' })
    expect(await call(admin, 'endAll', { person: nobody })).toEqual({ ok: true, output: { ended: 0 } })
    expect(await join(admin, nobody)).toMatchObject({ code: 'not-found' })
  })
})

test('figures come while somebody looks, and none when nobody does', async () => {
  const heard: number[] = []
  admin.on('monitor:push', ({ pushes }: PushFrame) => {
    for (const { push, data } of pushes) if (push === 'measured') heard.push(nodeFigures.parse(data).at)
  })
  const reply = await join(admin)
  expect(reply.ok).toBe(true)
  await eventually(() => expect(heard.length).toBeGreaterThan(1))
  const shown = container()
    .latest.read(monitor, room)
    ?.find(({ push }) => push === 'measured')
  const figures = nodeFigures.parse(shown?.data)
  expect(figures).toMatchObject({ node: container().node.id, paths: [{ path: '/socket.io', open: 1 }], rooms: 1 })
  expect(figures.rates?.calls).toBeGreaterThanOrEqual(0)

  await admin.emitWithAck('monitor:leave', { room })
  await eventually(() => {
    const last = container()
      .latest.read(monitor, room)
      ?.find(({ push }) => push === 'measured')
    expect(Date.now() - nodeFigures.parse(last?.data).at).toBeGreaterThan(1_600)
  })
  admin.off('monitor:push')
})

test('the list is filtered, grouped and cut into pages on the server', async () => {
  await join(admin)
  const tab = await server.connect(ben)
  await tab.emitWithAck('chat:join', { room: 'general' })
  const raw = await openSocket(server, 'echo', ben)
  await eventually(async () => expect((await list({})).total).toBe(3))
  expect((await list({ person: 'BE' })).sockets.map(({ path }) => path).toSorted()).toEqual(['/socket.io', '/ws/echo'])
  expect((await list({ channel: 'chat' })).sockets).toMatchObject([
    { id: tab.id, person: { name: 'ben' }, rooms: ['chat/general'], session: ben.session.id, address: '127.0.0.1' },
  ])
  expect((await list({ path: '/ws/echo', node: nobody })).total).toBe(0)
  expect((await list({ group: 'person' })).groups).toEqual([
    { key: 'ben', label: 'ben', sockets: 2 },
    { key: 'ada', label: 'ada', sockets: 1 },
  ])
  expect((await list({ group: 'channel' })).groups.map(({ key }) => key)).toEqual(['chat', 'monitor'])
  expect(await list({ page: 99 })).toMatchObject({ page: 0, pages: 1 })
  raw.ws.terminate()
  tab.disconnect()
  await eventually(async () => expect((await list({ person: 'ben' })).total).toBe(0))
})

test('a message reaches a person’s tab and raw socket; one is ended, then all; the timeline tells it without a word of it', async () => {
  await join(admin)
  const tab = await server.connect(ben)
  const raw = await openSocket(server, 'echo', ben)
  const message = new Promise((resolve) => tab.once('message', resolve))
  const to = { person: ben.session.user.id }
  expect(await call(admin, 'send', { to, text: 'Lunch is here' })).toEqual({ ok: true, output: { taken: 2 } })
  const notice = { notice: { from: 'ada', text: 'Lunch is here', at: expect.any(Number) } }
  expect(await message).toEqual(notice)
  expect(JSON.parse(String(await raw.next()))).toEqual(notice)

  expect(await tab.emitWithAck('chat:join', { room: 'no such room' })).toMatchObject({ ok: false })
  const end = endOf(tab)
  expect(await call(admin, 'end', { socket: tab.id })).toEqual({ ok: true, output: {} })
  expect(await end).toMatchObject({ reason: 'revoked', only: 'socket' })
  await eventually(async () => expect((await call(admin, 'endAll', to)).output).toEqual({ ended: 1 }))
  expect(await raw.closed).toEqual({ code: 4001, reason: 'revoked' })

  const told = async () => {
    const { latest } = await join(admin, ben.session.user.id)
    return latest.map(({ data }: { data: Happening }) => [data.what, data.about, data.reason])
  }
  await eventually(async () => {
    const happened = await told()
    expect(happened.slice(-6)).toEqual([
      ['connected', null, null],
      ['connected', null, null],
      ['messaged', 'ada', null],
      ['refused', 'chat:join', expect.stringMatching(/forbidden|not-found/)],
      ['ended', null, 'revoked'],
      ['ended', null, 'revoked'],
    ])
    expect(JSON.stringify(happened)).not.toContain('Lunch')
  })
  // What has not changed is not put on the board again each time somebody looks.
  const before = container().latest.read(monitor, ben.session.user.id)
  await container().sockets.monitor.show(ben.session.user.id)
  expect(container().latest.read(monitor, ben.session.user.id)).toEqual(before)
  await eventually(() => {
    const closed = container()
      .latest.read(monitor, room)
      ?.filter(({ push }) => push === 'closed')
    expect(JSON.stringify(closed)).toContain('{"reason":"revoked","closes":2}')
  })
})
