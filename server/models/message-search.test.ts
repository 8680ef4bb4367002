import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SearchPage } from '#channels/rooms'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { addMember, removeMember } from './chat-member'
import { postMessage } from './message'
import { deleteMessage, editMessage } from './message-change'
import { searchMessages } from './message-search'
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

const say = (actor: Actor, room: string, body: string) => postMessage(actor, room, { id: randomUUID(), body })
const found = async (actor: Actor, text: string) => (await searchMessages(actor, { text })).hits.map(bodyOf)
const bodyOf = ({ snippet }: SearchPage['hits'][number]) => snippet.map(({ text }) => text).join('')

describe('does not find', () => {
  test('what is said in rooms of others, an admin neither', async () => {
    const { key } = await openRoom(ben, { title: 'Of ben', private: true })
    const direct = await openDirect(ben, { userId: ada.id })
    await addMember(ben, key, { userId: cleo.id })
    await say(ben, key, 'zeppelin in private')
    await say(ben, direct.key, 'zeppelin between two')
    expect(await found(cleo, 'zeppelin')).toEqual(['zeppelin in private'])
    expect(await found(ada, 'zeppelin')).toEqual(['zeppelin between two'])
    await removeMember(ben, key, { userId: cleo.id })
    expect(await found(cleo, 'zeppelin')).toEqual([])
    expect(await found(ben, 'zeppelin')).toEqual(['zeppelin between two', 'zeppelin in private'])
  })

  test('what is deleted, nor what has been changed', async () => {
    const [one, other] = [await say(ben, 'orders', 'quartz one'), await say(ben, 'orders', 'quartz two')]
    await deleteMessage(ben, 'orders', { id: one.id })
    await editMessage(ben, 'orders', { id: other.id, body: 'granite' })
    expect(await found(ben, 'quartz')).toEqual([])
  })

  test.each([
    '!',
    "'",
    '"',
    '""',
    ':*',
    '&',
    '|',
    '()',
    '-',
    '- -',
    '.',
    '%',
    '\\',
    '👍',
    '-orders',
    '-"a b"',
    '-a or -b',
  ])('anything for %j, and does not fail', async (text) => {
    await say(ben, 'general', 'a b orders')
    expect(await searchMessages(ben, { text })).toEqual({ hits: [], more: false })
  })

  test.each(['', '  ', 'x'.repeat(201), 'a\0b'])('what cannot be searched for: %j', async (text) => {
    await expect(searchMessages(ben, { text })).rejects.toMatchObject({ code: 'invalid' })
  })
})

test('any text at all is searched for without failing', async () => {
  await say(ben, 'general', 'something to be found')
  const signs = fc.constantFrom(
    '"',
    "'",
    '-',
    ' or ',
    '&',
    '|',
    '!',
    '<->',
    ':*',
    '(',
    ')',
    '\\',
    'something',
    'to',
    ' ',
  )
  const text = fc.oneof(
    fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
    fc.array(signs, { minLength: 1 }).map((all) => all.join('')),
  )
  await fc.assert(
    fc.asyncProperty(text, async (text) => {
      await searchMessages(cleo, { text }).catch((error) => expect(error).toMatchObject({ code: 'invalid' }))
    }),
    { numRuns: 60 },
  )
})

test('finds all words, the last as a beginning, phrases, alternatives and exclusions', async () => {
  await say(ben, 'hall-2', 'the blue forklift stands outside')
  await say(cleo, 'hall-2', 'the red forklift stands in hall 2')
  const [blue, red] = ['the blue forklift stands outside', 'the red forklift stands in hall 2']
  expect(await found(ada, 'forklift')).toEqual([red, blue])
  expect(await found(ada, 'FORKL')).toEqual([red, blue])
  expect(await found(ada, 'forklift blue')).toEqual([blue])
  expect(await found(ada, 'fork stands')).toEqual([])
  expect(await found(ada, '"forklift stands in"')).toEqual([red])
  expect(await found(ada, 'forklift -red')).toEqual([blue])
  expect(await found(ada, '"blue forklift" or "red forklift"')).toEqual([red, blue])
  expect(await found(ada, 'forklift -"red forklift"')).toEqual([blue])
})

test('a hit says where it is, and its snippet marks what was searched for, as plain text', async () => {
  const { key } = await openDirect(ben, { userId: cleo.id })
  const { id, number, author, at } = await say(ben, key, 'a <b>walrus</b> & "walruses" </script>')
  const { hits, more } = await searchMessages(cleo, { text: 'walrus' })
  expect(more).toBe(false)
  expect(hits).toMatchObject([
    {
      room: { key, kind: 'direct', title: '', with: { id: ben.id, name: 'ben' } },
      message: { id, number, author, at },
    },
  ])
  expect(hits[0]?.snippet.filter(({ mark }) => mark)).toEqual([
    { text: 'walrus', mark: true },
    { text: 'walruses', mark: true },
  ])
})

test('pages go back through all there is, newest first, each hit once, though many share a moment', async () => {
  const { key } = await openRoom(ben, { title: 'Many', private: false })
  const at = new Date(0)
  await container().database.prisma.message.createMany({
    data: Array.from({ length: 50 }, (_, nth) => ({
      ...{ id: randomUUID(), roomKey: key, number: nth + 1, authorId: ben.id, body: 'lighthouse' },
      at: nth < 25 ? at : new Date(nth),
    })),
  })
  const seen: SearchPage['hits'] = []
  let page = await searchMessages(cleo, { text: 'lighthouse' })
  for (;;) {
    seen.push(...page.hits)
    const last = page.hits.at(-1)?.message
    if (!page.more || !last) break
    page = await searchMessages(cleo, { text: 'lighthouse', before: last })
  }
  expect(new Set(seen.map(({ message }) => message.id)).size).toBe(50)
  expect(seen).toHaveLength(50)
  const times = seen.map(({ message }) => message.at)
  expect(times).toEqual([...times].sort((one, other) => other - one))
})
