import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pageLength } from '#channels/chat'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { addMember, removeMember } from './chat-member'
import { openChat, postMessage, readChat, readPage } from './message'
import { deleteMessage, editMessage } from './message-change'
import { fillChatRoom } from './message-import'
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

const pushes = (room: string) => container().database.prisma.logEntry.count({ where: { room: `chat/${room}` } })
const say = (actor: Actor, room: string, body: string) => postMessage(actor, room, { id: randomUUID(), body })

describe('refuses', () => {
  test('a room there is not, one of others, and one the person was taken out of, all alike', async () => {
    const { key } = await openRoom(ben, { title: 'Of ben', private: true })
    await addMember(ben, key, { userId: cleo.id })
    await say(cleo, key, 'while it lasts')
    await removeMember(ben, key, { userId: cleo.id })
    const direct = await openDirect(ada, { userId: ben.id })
    const refusal = { code: 'not-found', message: 'There is no such room.' }
    for (const room of ['attic', 'no\0key', '', key, direct.key]) {
      await expect(say(cleo, room, 'hello')).rejects.toMatchObject(refusal)
      await expect(readPage(cleo, room, { from: 1, to: 1 })).rejects.toMatchObject(refusal)
      await expect(readChat(cleo, room)).rejects.toMatchObject(refusal)
      await expect(openChat(cleo, room)).rejects.toMatchObject(refusal)
    }
    // An admin is no member either.
    await expect(readChat(ada, key)).rejects.toMatchObject(refusal)
  })

  test('an id that is taken by another message', async () => {
    const { id, number } = await say(ben, 'general', 'mine')
    const refusal = { code: 'conflict' }
    await expect(postMessage(cleo, 'general', { id, body: 'mine' })).rejects.toMatchObject(refusal)
    await expect(postMessage(ben, 'orders', { id, body: 'mine' })).rejects.toMatchObject(refusal)
    await expect(postMessage(ben, 'general', { id, body: 'other' })).rejects.toMatchObject(refusal)
    await expect(postMessage(ben, 'general', { id, body: 'mine', replyTo: number })).rejects.toMatchObject(refusal)
    expect((await say(ben, 'general', 'next')).number).toBe(number + 1)
  })

  test('to answer what is not there, or is deleted', async () => {
    const { id, number } = await say(ben, 'orders', 'to be deleted')
    const answer = (replyTo: number) => postMessage(cleo, 'orders', { id: randomUUID(), body: 'what?', replyTo })
    await expect(answer(number + 1)).rejects.toMatchObject({ code: 'invalid' })
    await expect(answer(number + 1_000)).rejects.toMatchObject({ code: 'invalid' })
    await expect(answer(0)).rejects.toMatchObject({ code: 'invalid' })
    await deleteMessage(ben, 'orders', { id })
    await expect(answer(number)).rejects.toMatchObject({ code: 'conflict' })
    expect((await readChat(ben, 'orders')).last).toBe(number)
  })

  test.each([
    ['too long', 1, pageLength.most + 1],
    ['that ends before it begins', 2, 1],
    ['from before the first', 0, 1],
    ['by halves', 0.5, 1],
    ['beyond what a number holds', 2 ** 31, 2 ** 31],
  ])('a page %s', async (_, from, to) => {
    await expect(readPage(ben, 'general', { from, to })).rejects.toMatchObject({ code: 'invalid' })
  })
})

test('sending again stores and publishes nothing more', async () => {
  const message = { id: randomUUID(), body: 'once' }
  const first = await postMessage(ben, 'general', message)
  const published = await pushes('general')
  const again = await Promise.all([1, 2, 3].map(() => postMessage(ben, 'general', message)))
  expect(again).toEqual([first, first, first])
  expect(await pushes('general')).toBe(published)
})

test('sending again what has been changed or deleted since answers with what it is now', async () => {
  const message = { id: randomUUID(), body: 'once' }
  await postMessage(ben, 'general', message)
  const edited = await editMessage(ben, 'general', { id: message.id, body: 'twice' })
  expect(await postMessage(ben, 'general', message)).toEqual(edited)
  const deleted = await deleteMessage(ben, 'general', { id: message.id })
  expect(await postMessage(ben, 'general', message)).toEqual(deleted)
})

test('however many post at once, and whatever of it is refused or sent twice, numbers have no holes', async () => {
  const posts = fc.array(
    fc.record({
      who: fc.nat(1),
      twice: fc.boolean(),
      taken: fc.boolean(),
      replyTo: fc.option(fc.integer({ min: 1, max: 40 })),
    }),
    { minLength: 1, maxLength: 20 },
  )
  const { id: taken } = await say(ada, 'orders', 'taken')
  await fc.assert(
    fc.asyncProperty(posts, async (all) => {
      const { key } = await openRoom(ada, { title: 'Numbers', private: false })
      await Promise.allSettled(
        all.flatMap(({ who, twice, taken: again, replyTo }) => {
          const message = { id: again ? taken : randomUUID(), body: 'x', replyTo }
          const post = () => postMessage(who === 0 ? ben : cleo, key, message)
          return twice ? [post(), post()] : [post()]
        }),
      )
      const { messages, last } = await readChat(ben, key)
      expect(messages.map(({ number }) => number)).toEqual(messages.map((_, index) => index + 1))
      expect(last).toBe(messages.length)
      expect(await pushes(key)).toBe(last)
      expect(messages.map(({ at }) => at)).toEqual(messages.map(({ at }) => at).sort((one, other) => one - other))
    }),
    { numRuns: 8 },
  )
})

test('a page is what there is between two numbers, with its answers', async () => {
  const { key } = await openRoom(ben, { title: 'Pages', private: false })
  const first = await say(ben, key, 'one')
  const answer = await postMessage(cleo, key, { id: randomUUID(), body: 'two', replyTo: 1 })
  expect(answer).toMatchObject({ number: 2, version: 0, replyTo: 1, editedAt: null, deletedAt: null, reactions: [] })
  expect(await readPage(cleo, key, { from: 1, to: 100 })).toEqual({ messages: [first, answer] })
  expect(await readPage(cleo, key, { from: 2, to: 2 })).toEqual({ messages: [answer] })
  expect(await readPage(cleo, key, { from: 90, to: 100 })).toEqual({ messages: [] })
})

test('a room that has been filled goes on where that ended', async () => {
  const { key } = await openRoom(ben, { title: 'Long', private: false })
  await say(ben, key, 'first')
  await fillChatRoom(key, 'cleo', 1_000)
  const { messages, last } = await readChat(ben, key)
  expect(last).toBe(1_001)
  expect(messages.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, nth) => 952 + nth))
  const page = await readPage(ben, key, { from: 401, to: 500 })
  expect(page.messages.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, nth) => 401 + nth))
  expect(await say(ben, key, 'last')).toMatchObject({ number: 1_002 })
})
