import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { addMember } from './chat-member'
import { postMessage } from './message'
import { deleteMessage, editMessage } from './message-change'
import { openRoom } from './room-open'

type Actor = Visitor['session']['user']
let server: TestServer
let ben: Actor
let cleo: Actor

beforeAll(async () => {
  server = await startTestServer()
  const people = ['ben', 'cleo'].map(async (name) => (await server.signIn(name)).session.user)
  ;[ben, cleo] = (await Promise.all(people)) as [Actor, Actor]
})
afterAll(() => server.stop())

async function told(body: string, room = 'general') {
  const { id } = await postMessage(ben, room, { id: randomUUID(), body })
  return { id, names: await toldOf(id) }
}

async function toldOf(messageId: string) {
  const found = await container().database.prisma.notification.findMany({
    where: { about: `mention/${messageId}` },
    select: { user: { select: { name: true } } },
  })
  return found.map(({ user }) => user.name).sort()
}

test.each([
  ['nobody is called', []],
  ['@nobody-of-that-name', []],
  ['@ben, oneself', []],
  ['mail to x@cleo or @@cleo or @cleopatra', []],
  ['@cleo', ['cleo']],
  ['ask @Cleo.', ['cleo']],
  ['(@cleo,@dora): see @cleo-', ['cleo', 'dora']],
])('%j tells %j', async (body, names) => {
  expect((await told(body)).names).toEqual(names)
})

test('whoever may not read the room is not told, and whoever may is', async () => {
  const { key } = await openRoom(ben, { title: 'Of ben', private: true })
  await addMember(ben, key, { userId: cleo.id })
  expect((await told('@ada @cleo @dora', key)).names).toEqual(['cleo'])
})

test('who is told is told once, where it was, also by what is added later', async () => {
  const { id } = await told('@cleo look')
  await editMessage(ben, 'general', { id, body: '@cleo and @dora look' })
  expect(await toldOf(id)).toEqual(['cleo', 'dora'])
  const { title, body, href } = await container().database.prisma.notification.findFirstOrThrow({
    where: { about: `mention/${id}`, userId: cleo.id },
  })
  expect({ title, body }).toEqual({ title: 'ben mentioned you in general', body: '@cleo look' })
  expect(href).toMatch(/^\/chat\/general\?message=\d+$/)
})

test('what was told quotes nothing any more once the message is deleted, and every screen hears of it', async () => {
  const { id } = await told('@cleo @dora the key is 1234')
  await deleteMessage(ben, 'general', { id })
  const { prisma } = container().database
  const found = await prisma.notification.findMany({ where: { about: `mention/${id}` } })
  expect(found.map(({ body }) => body)).toEqual(['The message was deleted.', 'The message was deleted.'])
  for (const { id, userId } of found) {
    const pushed = await prisma.logEntry.findFirst({
      where: { room: `notification/${userId}` },
      orderBy: { seq: 'desc' },
    })
    expect(pushed).toMatchObject({ push: 'changed', data: { notification: id } })
  }
})

test('who is let into a room is told', async () => {
  const { key } = await openRoom(ben, { title: 'Plans', topic: 'What is next.', private: true })
  await addMember(ben, key, { userId: cleo.id })
  await addMember(ben, key, { userId: cleo.id })
  const about = await container().database.prisma.notification.findMany({ where: { href: `/chat/${key}` } })
  expect(about.map(({ kind, userId, title, body }) => ({ kind, userId, title, body }))).toEqual([
    { kind: 'invitation', userId: cleo.id, title: 'ben let you into Plans', body: 'What is next.' },
  ])
})
