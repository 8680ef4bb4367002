import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostMembers } from '#channels/chat'
import { ownRooms } from '#channels/rooms'
import type { Left, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { raiseMarker } from './chat-marker'
import { addMember, removeMember } from './chat-member'
import { postMessage, readChat } from './message'
import { readRooms } from './room-list'
import { openDirect, openRoom } from './room-open'

type Actor = Visitor['session']['user']
let server: TestServer
let ada: Actor
let ben: Actor
let cleo: Actor
let dora: Actor

beforeAll(async () => {
  server = await startTestServer()
  const people = ['ada', 'ben', 'cleo', 'dora'].map(async (name) => (await server.signIn(name)).session.user)
  ;[ada, ben, cleo, dora] = (await Promise.all(people)) as [Actor, Actor, Actor, Actor]
})
afterAll(() => server.stop())

const openPrivate = async (...members: Actor[]) => {
  const { key } = await openRoom(ben, { title: 'Of ben', private: true })
  for (const { id } of members) await addMember(ben, key, { userId: id })
  return key
}
const members = async (key: string) => (await readChat(ben, key)).members.map(({ name }) => name)
const say = (actor: Actor, key: string, body: string) => postMessage(actor, key, { id: randomUUID(), body })

describe('refuses', () => {
  test.each([
    ['add', addMember],
    ['remove', removeMember],
  ])('whoever is not in the room to %s anyone', async (_, act) => {
    const key = await openPrivate(cleo)
    for (const actor of [dora, ada]) {
      await expect(act(actor, key, { userId: cleo.id })).rejects.toMatchObject({ code: 'not-found' })
      await expect(act(actor, key, { userId: actor.id })).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(act(ben, 'attic', { userId: cleo.id })).rejects.toMatchObject({ code: 'not-found' })
    expect(await members(key)).toEqual(['ben', 'cleo'])
  })

  test.each([
    ['add', addMember],
    ['remove', removeMember],
  ])('who does not own it to %s others', async (_, act) => {
    const key = await openPrivate(cleo, ada)
    await expect(act(cleo, key, { userId: dora.id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(act(ada, key, { userId: ben.id })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await members(key)).toEqual(['ada', 'ben', 'cleo'])
  })

  test.each([
    ['add', addMember],
    ['remove', removeMember],
  ])('to %s where nobody is chosen', async (_, act) => {
    const direct = await openDirect(ben, { userId: cleo.id })
    const open = await openRoom(ben, { title: 'Open', private: false })
    for (const { key } of [direct, open]) {
      await expect(act(ben, key, { userId: dora.id })).rejects.toMatchObject({ code: 'conflict' })
    }
  })

  test('people there are not, or who are disabled', async () => {
    const key = await openPrivate()
    const { user } = container().database.prisma
    const gone = await user.create({ data: { name: 'gone', passwordHash: '', disabledAt: new Date() } })
    await expect(addMember(ben, key, { userId: gone.id })).rejects.toMatchObject({ code: 'not-found' })
    await expect(addMember(ben, key, { userId: randomUUID() })).rejects.toMatchObject({ code: 'not-found' })
    await expect(addMember(ben, key, { userId: 'cleo' })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('more people than a room has', async () => {
    const key = await openPrivate()
    const { user, chatMember } = container().database.prisma
    const names = Array.from({ length: mostMembers - 1 }, (_, index) => ({ name: `many-${index}`, passwordHash: '' }))
    const many = await user.createManyAndReturn({ data: names })
    await chatMember.createMany({ data: many.map(({ id }) => ({ roomKey: key, userId: id })) })
    await expect(addMember(ben, key, { userId: cleo.id })).rejects.toMatchObject({ code: 'conflict' })
    expect(await addMember(ben, key, { userId: many[0]?.id ?? '' })).toMatchObject({ user: { name: 'many-0' } })
  })

  test('the owner to leave before the others', async () => {
    const key = await openPrivate(cleo)
    await expect(removeMember(ben, key, { userId: ben.id })).rejects.toMatchObject({ code: 'conflict' })
    await removeMember(cleo, key, { userId: cleo.id })
    await removeMember(ben, key, { userId: ben.id })
    await expect(readChat(ben, key)).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('who is let in finds the room in their list, and who is taken out finds neither it nor their marker', async () => {
  const key = await openPrivate()
  await say(ben, key, 'before')
  const own = ownRooms(cleo.id)
  const before = await readRooms(cleo, own)
  expect(await addMember(ben, key, { userId: cleo.id })).toEqual({ user: { id: cleo.id, name: 'cleo' } })
  expect(await addMember(ben, key, { userId: cleo.id })).toEqual({ user: { id: cleo.id, name: 'cleo' } })
  const entry = { key, kind: 'private', title: 'Of ben', topic: '', last: 1, with: null }
  expect((await readRooms(cleo, own)).rooms).toContainEqual(entry)
  await raiseMarker(cleo, { key, number: 1 })
  await removeMember(ben, key, { userId: cleo.id })
  await removeMember(ben, key, { userId: cleo.id })
  expect(await readRooms(cleo, own)).toEqual(before)
})

test('who is taken out leaves the room on their open screens at once, and hears nothing that is said after', async () => {
  const key = await openPrivate(cleo)
  const [hers, his] = await Promise.all([server.signIn('cleo'), server.signIn('ben')])
  const sockets = await Promise.all([hers, hers, his].map((visitor) => server.connect(visitor)))
  const heard = sockets.map((socket) => {
    const events: string[] = []
    socket.on('chat:push', ({ pushes }: PushFrame) => {
      for (const { push, data } of pushes) events.push(push === 'posted' ? (data as { body: string }).body : push)
    })
    socket.on('chat:left', ({ room, code }: Left) => room === key && events.push(code))
    return events
  })
  for (const socket of sockets) expect(await socket.emitWithAck('chat:join', { room: key })).toMatchObject({ ok: true })
  await say(ben, key, 'to both')
  const removed = removeMember(ben, key, { userId: cleo.id })
  // In the same moment, and so before or after; what comes after is not for cleo.
  const race = say(ben, key, 'in the race')
  await removed
  await say(ben, key, 'to ben alone')
  await race
  await eventually(() => expect(heard[2]).toContain('to ben alone'))
  await eventually(() => {
    expect(heard[0]?.at(-1)).toBe('not-found')
    expect(heard[1]?.at(-1)).toBe('not-found')
  })
  const after = heard[2]?.slice((heard[2].indexOf('memberRemoved') ?? 0) + 1) ?? []
  expect(after).toContain('to ben alone')
  for (const one of heard.slice(0, 2)) expect(one.filter((event) => after.includes(event))).toEqual([])
  expect(
    await sockets[0]?.emitWithAck('chat:post', { room: key, input: { id: randomUUID(), body: 'x' } }),
  ).toMatchObject({
    ok: false,
    code: 'not-found',
  })
  expect(await sockets[0]?.emitWithAck('presence:join', { room: `chat:${key}` })).toMatchObject({ code: 'not-found' })
})
