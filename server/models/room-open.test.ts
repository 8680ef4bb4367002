import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chatKey } from '#channels/chat'
import { ownRooms, rooms } from '#channels/rooms'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { raiseMarker } from './chat-marker'
import { findPeople } from './chat-people'
import { findChatRoom } from './chat-room'
import { postMessage, readChat } from './message'
import { openRooms, readRooms, recountRooms } from './room-list'
import { openDirect, openRoom } from './room-open'

type Actor = Visitor['session']['user']
let server: TestServer
let ada: Actor
let ben: Actor
let cleo: Actor

beforeAll(async () => {
  server = await startTestServer()
  const people = ['ada', 'ben', 'cleo'].map(async (name) => (await server.signIn(name)).session.user)
  ;[ada, ben, cleo] = (await Promise.all(people)) as [Actor, Actor, Actor]
})
afterAll(() => server.stop())

const say = (actor: Actor, room: string) => postMessage(actor, room, { id: randomUUID(), body: 'said' })

describe('refuses', () => {
  test.each([
    ['without a title', { title: ' ' }],
    ['with a title that is too long', { title: 'x'.repeat(61) }],
    ['with a title of two lines', { title: 'one\ntwo' }],
    ['with a title that cannot be stored', { title: 'a\0b' }],
    ['with a topic that is too long', { title: 'fine', topic: 'x'.repeat(201) }],
  ])('a room %s', async (_, given) => {
    await expect(openRoom(ben, { private: false, ...given })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('more rooms than one person opens', async () => {
    const { chatRoom } = container().database.prisma
    const many = Array.from({ length: 50 }, (_, nth) => ({ key: `many-${nth}`, title: '', topic: '', ownerId: ada.id }))
    await chatRoom.createMany({ data: many })
    await expect(openRoom(ada, { title: 'One more', private: true })).rejects.toMatchObject({ code: 'conflict' })
    await chatRoom.deleteMany({ where: { key: { startsWith: 'many-' } } })
  })

  test('to write to oneself, to nobody, or to someone who is disabled', async () => {
    const { user } = container().database.prisma
    const gone = await user.create({ data: { name: 'gone', passwordHash: '', disabledAt: new Date() } })
    await expect(openDirect(ben, { userId: ben.id })).rejects.toMatchObject({ code: 'invalid' })
    await expect(openDirect(ben, { userId: randomUUID() })).rejects.toMatchObject({ code: 'not-found' })
    await expect(openDirect(ben, { userId: gone.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('the list of another person, an admin too', async () => {
    for (const read of [readRooms, recountRooms]) {
      await expect(read(ada, ownRooms(ben.id))).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  test('a marker in a room of others, one there is not, and an empty one', async () => {
    const { key } = await openRoom(ben, { title: 'Of ben', private: true })
    const empty = await openRoom(ben, { title: 'Empty', private: false })
    await expect(raiseMarker(cleo, { key, number: 1 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(raiseMarker(cleo, { key: 'attic', number: 1 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(raiseMarker(cleo, { key: empty.key, number: 1 })).rejects.toMatchObject({ code: 'conflict' })
    await expect(raiseMarker(cleo, { key: empty.key, number: 0 })).rejects.toMatchObject({ code: 'invalid' })
  })
})

test.each([
  ['Spare parts, hall 3', 'spare-parts-hall-3'],
  ['Größe & Maß', 'grosse-mass'],
  ['日本', 'room'],
  ['Private matters', 'room-private-matters'],
  ['direct', 'room-direct'],
  ['x'.repeat(60), 'x'.repeat(40)],
])('the key of %j is %s, and that of the next one another', async (title, key) => {
  const open = () => openRoom(cleo, { title, private: false })
  const [one, other] = [await open(), await open()]
  expect(one).toMatchObject({ key, kind: 'public', title, topic: '', last: 0, with: null })
  expect(other.key).toBe(`${key}-2`)
  expect(chatKey.safeParse(other.key).success).toBe(true)
})

test('rooms of one title that are opened at once have keys of their own', async () => {
  const opened = await Promise.all([1, 2, 3, 4].map(() => openRoom(ben, { title: 'At once', private: false })))
  expect(opened.map(({ key }) => key).sort()).toEqual(['at-once', 'at-once-2', 'at-once-3', 'at-once-4'])
})

test('a private room is its owner’s alone, and its key says nothing', async () => {
  const { key } = await openRoom(ben, { title: 'A surprise for cleo', topic: 'Hush.', private: true })
  expect(key).toMatch(/^private-[0-9a-f]{16}$/)
  const owner = { id: ben.id, name: 'ben' }
  expect(await readChat(ben, key)).toEqual({
    room: { key, kind: 'private', title: 'A surprise for cleo', topic: 'Hush.', owner },
    members: [owner],
    messages: [],
    last: 0,
  })
  expect(await findChatRoom(cleo, key)).toBeNull()
  expect(JSON.stringify(await openRooms(cleo))).not.toContain(key)
})

test('two people have one room, whoever of them asks, both at once, and each sees the other in it', async () => {
  const asks = [ben, cleo, ben, cleo].map((one) => openDirect(one, { userId: one === ben ? cleo.id : ben.id }))
  const opened = await Promise.all(asks)
  expect(new Set(opened.map(({ key }) => key)).size).toBe(1)
  expect(opened.map((room) => room.with?.name)).toEqual(['cleo', 'ben', 'cleo', 'ben'])
  const [{ key } = { key: '' }] = opened
  expect((await readChat(ben, key)).members.map(({ name }) => name)).toEqual(['ben', 'cleo'])
  const told = await container().database.prisma.logEntry.count({
    where: { push: 'opened', data: { path: ['key'], equals: key } },
  })
  expect(told).toBe(2)
})

test('no room with a title has the key that two people’s room would have', async () => {
  const { key } = await openDirect(ada, { userId: ben.id })
  const { key: wanted } = await openDirect(ada, { userId: cleo.id })
  await container().database.prisma.chatRoom.delete({ where: { key: wanted } })
  const imitation = await openRoom(ben, { title: wanted, private: false })
  expect(imitation.key).not.toBe(wanted)
  expect(await openDirect(cleo, { userId: ada.id })).toMatchObject({ key: wanted, kind: 'direct' })
  expect(key).not.toBe(wanted)
})

test('a marker goes up and never down, nor past the last message', async () => {
  const { key } = await openRoom(ben, { title: 'Marked', private: false })
  for (let nth = 0; nth < 4; nth++) await say(ben, key)
  expect(await raiseMarker(cleo, { key, number: 3 })).toEqual({ key, number: 3 })
  expect(await raiseMarker(cleo, { key, number: 2 })).toEqual({ key, number: 3 })
  expect(await raiseMarker(cleo, { key, number: 99 })).toEqual({ key, number: 4 })
  const raised = await Promise.all([1, 4, 2, 3].map((number) => raiseMarker(ben, { key, number })))
  expect(raised.every(({ number }) => number <= 4)).toBe(true)
  expect((await readRooms(ben, ownRooms(ben.id))).markers).toContainEqual({ key, number: 4 })
  expect((await readRooms(ada, ownRooms(ada.id))).markers).toEqual([])
})

test('a post is counted in the lists that show its room, and in no other', async () => {
  const counted = (list: string) => JSON.stringify(container().latest.read(rooms, list))
  const { key } = await openDirect(ben, { userId: cleo.id })
  await say(ben, key)
  for (const { id } of [ben, cleo]) expect(counted(ownRooms(id))).toContain(key)
  for (const list of [ownRooms(ada.id), 'all']) expect(counted(list)).not.toContain(key)
})

test('a server that has been started again knows the counts as soon as someone comes back to it', async () => {
  const { last } = await readChat(ben, 'general')
  const { number } = await say(ben, 'general')
  expect(number).toBe(last + 1)
  await server.restart()
  await say(ben, 'orders')
  const socket = await server.connect(await server.signIn('ben'))
  const { position } = await socket.emitWithAck('rooms:join', { room: 'all' })
  const { pushes, latest } = await socket.emitWithAck('rooms:join', { room: 'all', position })
  expect(pushes).toEqual([])
  expect(latest).toContainEqual(expect.objectContaining({ push: 'counted', data: { key: 'general', last: number } }))
})

test('one finds others by a part of their name, whatever signs it holds', async () => {
  const found = async (text?: string) => (await findPeople(ben, { text })).people.map(({ name }) => name)
  expect(await found()).toEqual(['ada', 'cleo', 'dora'])
  expect(await found(' LE')).toEqual(['cleo'])
  expect(await found('ben')).toEqual([])
  for (const text of ['%', '_', '\\', "'"]) expect(await found(text)).toEqual([])
  await expect(findPeople(ben, { text: 'x'.repeat(61) })).rejects.toMatchObject({ code: 'invalid' })
})
