import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownRooms } from '#channels/rooms'
import type { PushFrame } from '#channels/wire'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'

let server: TestServer
let ben: Visitor
let cleo: Visitor
let hers: Socket

beforeAll(async () => {
  server = await startTestServer()
  ;[ben, cleo] = await Promise.all([server.signIn('ben'), server.signIn('cleo')])
  hers = await server.connect(cleo)
})
afterAll(() => server.stop())

const own = ({ session }: Visitor) => ownRooms(session.user.id)
const ask = (call: string, room: string, input: object) => hers.emitWithAck(`rooms:${call}`, { room, input })

test('refuses another person’s list, and a list there is not', async () => {
  expect(await hers.emitWithAck('rooms:join', { room: own(ben) })).toMatchObject({ ok: false, code: 'forbidden' })
  for (const room of ['everyone', 'person-', `person-${randomUUID()}x`]) {
    expect(await hers.emitWithAck('rooms:join', { room })).toMatchObject({ ok: false, code: 'not-found' })
  }
})

test('refuses in the list of all what is asked in one’s own', async () => {
  await hers.emitWithAck('rooms:join', { room: 'all' })
  const { session } = ben
  const calls = {
    read: { key: 'general', number: 1 },
    open: { title: 'Mine', private: true },
    direct: { userId: session.user.id },
    search: { text: 'saw' },
    people: {},
  }
  for (const [call, input] of Object.entries(calls)) {
    expect(await ask(call, 'all', input), call).toMatchObject({ ok: false, code: 'forbidden' })
  }
})

test('what one does on one screen is told on all of one’s own, and of what is one’s own on nobody else’s', async () => {
  const his = await server.connect(ben)
  const heard = new Map<Socket, string[]>([hers, his].map((socket) => [socket, []]))
  for (const [socket, events] of heard) {
    socket.on('rooms:push', ({ room, pushes }: PushFrame) => {
      for (const { push, data } of pushes) events.push(`${room} ${push} ${JSON.stringify(data)}`)
    })
  }
  await his.emitWithAck('rooms:join', { room: 'all' })
  await his.emitWithAck('rooms:join', { room: own(ben) })
  await hers.emitWithAck('rooms:join', { room: own(cleo) })

  const secret = (await ask('open', own(cleo), { title: 'Secret', private: true })).output
  const known = (await ask('open', own(cleo), { title: 'Known', private: false })).output
  const direct = (await ask('direct', own(cleo), { userId: ben.session.user.id })).output
  for (const { key } of [secret, known, direct]) {
    await hers.emitWithAck('chat:join', { room: key })
    await hers.emitWithAck('chat:post', { room: key, input: { id: randomUUID(), body: 'said' } })
    await ask('read', own(cleo), { key, number: 1 })
  }
  const has = (socket: Socket, start: string, key: string) =>
    expect(heard.get(socket)?.some((event) => event.startsWith(start) && event.includes(`"key":"${key}"`))).toBe(true)
  await eventually(() => {
    for (const { key } of [secret, direct]) has(hers, `${own(cleo)} opened`, key)
    for (const { key } of [secret, direct]) has(hers, `${own(cleo)} counted`, key)
    for (const { key } of [secret, known, direct]) has(hers, `${own(cleo)} read`, key)
    for (const socket of [hers, his]) has(socket, 'all opened', known.key)
    for (const socket of [hers, his]) has(socket, 'all counted', known.key)
    has(his, `${own(ben)} opened`, direct.key)
    has(his, `${own(ben)} counted`, direct.key)
  })
  expect(JSON.stringify(heard.get(his))).not.toContain(secret.key)
  expect(heard.get(his)?.filter((event) => event.includes(' read '))).toEqual([])
})

test('a search and the people are answered in one’s own room', async () => {
  expect((await ask('search', own(cleo), { text: 'blade guard' })).output.hits).toHaveLength(1)
  const { people } = (await ask('people', own(cleo), {})).output
  expect(people.map(({ name }: { name: string }) => name)).toEqual(['ada', 'ben', 'dora'])
})
