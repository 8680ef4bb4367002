import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { editWithin, type Message } from '#channels/chat'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { addMember, removeMember } from './chat-member'
import { postMessage, readChat } from './message'
import { deleteMessage, editMessage } from './message-change'
import { react } from './message-reaction'
import { openRoom } from './room-open'

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

const room = 'hall-2'
const say = (actor: Actor, key = room) => postMessage(actor, key, { id: randomUUID(), body: 'said' })
const stored = async ({ number }: Message, key = room) =>
  (await readChat(ben, key)).messages.find((one) => one.number === number)
const changes = () => container().database.prisma.logEntry.count({ where: { room: `chat/${room}`, push: 'changed' } })

const entry = z.object({ id: z.string(), version: z.int(), body: z.string() })
const kept = async (id: string) => {
  const where = { room: `chat/${room}`, push: { in: ['posted', 'changed'] } }
  const entries = await container().database.prisma.logEntry.findMany({ where, orderBy: { seq: 'asc' } })
  return entries.map(({ push, data }) => ({ push, ...entry.parse(data) })).filter((one) => one.id === id)
}

/** Every way to change a message, each as it would be granted to its author. */
const ways = {
  edit: (actor: Actor, key: string, id: string) => editMessage(actor, key, { id, body: 'changed' }),
  delete: (actor: Actor, key: string, id: string) => deleteMessage(actor, key, { id }),
  react: (actor: Actor, key: string, id: string) => react(actor, key, { id, emoji: '👍', on: true }),
}

describe.each(Object.entries(ways))('refuses to %s', (_, way) => {
  test('what is not there, or in another room', async () => {
    const { id } = await say(ben)
    await expect(way(ben, room, randomUUID())).rejects.toMatchObject({ code: 'not-found' })
    await expect(way(ben, 'general', id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(way(ben, 'no\0key', id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(way(ben, 'attic', id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(way(ben, room, 'no id')).rejects.toMatchObject({ code: 'invalid' })
  })

  test('in a room of others, or one the person was taken out of, an admin too', async () => {
    const { key } = await openRoom(ben, { title: 'Of ben', private: true })
    await addMember(ben, key, { userId: cleo.id })
    const message = await say(cleo, key)
    await removeMember(ben, key, { userId: cleo.id })
    for (const actor of [cleo, ada]) {
      await expect(way(actor, key, message.id)).rejects.toMatchObject({
        code: 'not-found',
        message: 'There is no such room.',
      })
    }
    expect(await stored(message, key)).toEqual(message)
  })
})

describe.each([
  ['edit', ways.edit],
  ['delete', ways.delete],
])('refuses to %s', (_, way) => {
  test('what someone else has written, though not an admin', async () => {
    const message = await say(ben)
    await expect(way(cleo, room, message.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await stored(message)).toEqual(message)
    expect(await way(ada, room, message.id)).toMatchObject({ version: 1, author: { name: 'ben' } })
  })

  test('one’s own after a quarter of an hour, though not an admin', async () => {
    const message = await say(ben)
    const at = new Date(Date.now() - editWithin - 1_000)
    await container().database.prisma.message.update({ where: { id: message.id }, data: { at } })
    await expect(way(ben, room, message.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await stored(message)).toMatchObject({ body: 'said', version: 0 })
    expect(await way(ada, room, message.id)).toMatchObject({ version: 1 })
  })
})

test.each([
  ['edited', ways.edit],
  ['reacted to', ways.react],
])('what is deleted cannot be %s', async (_, way) => {
  const { id } = await say(ben)
  await deleteMessage(ben, room, { id })
  await expect(way(ben, room, id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(way(ada, room, id)).rejects.toMatchObject({ code: 'conflict' })
})

test.each(['', ' ', 'x'.repeat(2_001), 'a\0b'])('refuses the text %j', async (body) => {
  const { id } = await say(ben)
  await expect(editMessage(ben, room, { id, body })).rejects.toMatchObject({ code: 'invalid' })
})

test.each(['🦆', '👍👍', '', 'x', '<b>'])('refuses the emoji %j', async (emoji) => {
  const { id } = await say(ben)
  const reacted: unknown = { id, emoji, on: true }
  await expect(react(cleo, room, reacted as Parameters<typeof react>[2])).rejects.toMatchObject({ code: 'invalid' })
})

test('a changed message is pushed whole in its next version, and the same again changes nothing', async () => {
  const message = await say(ben)
  const before = await changes()
  const edited = await editMessage(ben, room, { id: message.id, body: 'said better' })
  expect(edited).toEqual({ ...message, version: 1, body: 'said better', editedAt: edited.editedAt })
  expect(edited.editedAt).toBeGreaterThanOrEqual(message.at)
  expect(await editMessage(ben, room, { id: message.id, body: ' said better ' })).toEqual(edited)
  expect(await stored(message)).toEqual(edited)
  expect(await changes()).toBe(before + 1)
})

test('a deleted message has lost its text and reactions, keeps its place, and stays deleted', async () => {
  const message = await say(ben)
  await react(cleo, room, { id: message.id, emoji: '🎉', on: true })
  const deleted = await deleteMessage(ben, room, { id: message.id })
  expect(deleted).toEqual({ ...message, version: 2, body: '', deletedAt: deleted.deletedAt })
  expect(deleted.deletedAt).not.toBeNull()
  expect(await deleteMessage(ada, room, { id: message.id })).toEqual(deleted)
  expect(await stored(message)).toEqual(deleted)
})

test('of many who react at once each is there once, and takes back what is their own', async () => {
  const { id, ...message } = await say(ben)
  const on = (actor: Actor) => react(actor, room, { id, emoji: '👀', on: true })
  await Promise.all([ada, ben, cleo, cleo].map(on))
  const [first] = (await stored({ id, ...message }))?.reactions ?? []
  expect(first?.emoji).toBe('👀')
  expect(first?.by.map(({ name }) => name).sort()).toEqual(['ada', 'ben', 'cleo'])
  expect((await stored({ id, ...message }))?.version).toBe(3)
  await Promise.all([ada, cleo, ada].map((actor) => react(actor, room, { id, emoji: '👀', on: false })))
  const left = await react(ben, room, { id, emoji: '✅', on: true })
  const by = [{ id: ben.id, name: 'ben' }]
  expect(left).toMatchObject({
    version: 6,
    reactions: [
      { emoji: '👀', by },
      { emoji: '✅', by },
    ],
  })
})

test('once it is deleted nothing of its text is left for those who return, nor of another lost', async () => {
  const [first, second] = [await say(ben), await say(ben)]
  await editMessage(ben, room, { id: first.id, body: 'said better' })
  expect((await kept(first.id)).map(({ body }) => body)).toEqual(['said', 'said better'])
  await deleteMessage(ben, room, { id: first.id })
  expect(await kept(first.id)).toMatchObject([
    { push: 'posted', version: 0, body: '' },
    { push: 'changed', version: 1, body: '' },
    { push: 'changed', version: 2, body: '' },
  ])
  expect(await kept(second.id)).toMatchObject([{ push: 'posted', body: 'said' }])
})
