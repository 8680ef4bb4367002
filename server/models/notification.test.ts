import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { id } from '#channels/id'
import { inboxLength, type NotificationKind, notifications, ownPath } from '#channels/notification'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { type News, notify } from './notification'
import { readInbox, readNotifications, readPage } from './notification-inbox'
import { markNotifications, sweep } from './notification-mark'
import { prefer } from './notification-preference'

type Actor = Visitor['session']['user']
let server: TestServer
let ada: Actor
let ben: Actor

beforeAll(async () => {
  server = await startTestServer()
  ada = (await server.signIn('ada')).session.user
  ben = (await server.signIn('ben')).session.user
})
afterAll(() => server.stop())
beforeEach(async () => {
  const { prisma } = container().database
  await prisma.notification.deleteMany()
  await prisma.notificationPreference.deleteMany()
  await prisma.logEntry.deleteMany()
})

const news = (changes: Partial<News> = {}): News => ({
  userIds: [ben.id],
  kind: 'mention',
  about: randomUUID(),
  title: 'ada named you',
  body: 'in # general',
  href: '/chat/general',
  ...changes,
})
const tell = (changes?: Partial<News>) => transaction((tx) => notify(tx, news(changes)))
const pushes = (actor: Actor) =>
  container().database.prisma.logEntry.findMany({
    where: { room: `notification/${actor.id}` },
    orderBy: { seq: 'asc' },
    select: { push: true, data: true },
  })
const titles = async (actor: Actor, state: 'inbox' | 'unread' | 'read' | 'archived', kind?: NotificationKind) =>
  (await readPage(actor, { state, kind })).entries.map(({ title }) => title)
const newest = async (actor: Actor) => {
  const [first] = (await readInbox(actor)).entries
  if (!first) throw new Error('The inbox is empty.')
  return first
}

describe('refuses', () => {
  test.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/.//elsewhere.example',
    'chat/general',
    'javascript:alert(1)',
    '/chat\u202e',
    '',
  ])('to lead to %j, and the transaction with it', async (href) => {
    expect(ownPath.safeParse(href).success).toBe(false)
    await expect(tell({ href })).rejects.toThrow()
    expect(await titles(ben, 'inbox')).toEqual([])
  })

  test('to read or mark what is somebody else’s, as if there were none', async () => {
    await tell({ userIds: [ada.id] })
    await tell()
    const [hers, his] = [await newest(ada), await newest(ben)]
    const ids = [his.id, hers.id]
    const refusal = { code: 'not-found', message: 'There is no such notification.' }
    await expect(readNotifications(ben, { ids })).rejects.toMatchObject(refusal)
    await expect(readNotifications(ben, { ids: [id.parse(randomUUID())] })).rejects.toMatchObject(refusal)
    await expect(markNotifications(ben, { ids, as: 'read' })).rejects.toMatchObject(refusal)
    await expect(sweep(ben, { until: hers.id })).rejects.toMatchObject(refusal)
    // What is one's own is not marked either.
    expect([await newest(ada), await newest(ben)]).toEqual([hers, his])
  })

  test('a preference for a kind there is not', async () => {
    const wrong = { kind: 'weather' as 'job', inbox: true, toast: true, system: true }
    await expect(prefer(ben, wrong)).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('telling', () => {
  test('is once for each person and thing, whatever became of it, and the push says nothing but which', async () => {
    const about = 'mention/1'
    await tell({ about, userIds: [ben.id, ada.id, ben.id.toUpperCase()] })
    const { id } = await newest(ben)
    await markNotifications(ben, { ids: [id], as: 'archived' })
    await tell({ about, title: 'Again' })
    expect(await titles(ben, 'archived')).toEqual(['ada named you'])
    expect(await pushes(ben)).toEqual([
      { push: 'notified', data: { notification: id } },
      { push: 'changed', data: { notification: id } },
    ])
    expect(await titles(ada, 'unread')).toEqual(['ada named you'])
  })

  test('happens with what it tells of, or not at all', async () => {
    const undone = transaction(async (tx) => {
      await notify(tx, news())
      throw new Error('It did not happen.')
    })
    await expect(undone).rejects.toThrow('It did not happen.')
    expect(await titles(ben, 'inbox')).toEqual([])
    expect(await pushes(ben)).toEqual([])
  })

  test('two at the same instant both arrive, and the same one twice arrives once', async () => {
    const about = randomUUID()
    const both = [ben.id, ada.id]
    await Promise.all([
      tell({ userIds: both, title: 'One' }),
      tell({ userIds: both.toReversed(), title: 'Other' }),
      tell({ userIds: both, about, title: 'Same' }),
      tell({ userIds: both.toReversed(), about, title: 'Same' }),
    ])
    for (const actor of [ada, ben]) {
      expect((await titles(actor, 'unread')).sort()).toEqual(['One', 'Other', 'Same'])
      expect(await pushes(actor)).toHaveLength(3)
    }
  })

  test('a thousand people are told by one statement, and whoever is not there by none', async () => {
    const { prisma } = container().database
    const crowd = Array.from({ length: 1_000 }, (_, number) => ({ name: `crowd-${number}`, passwordHash: '-' }))
    const people = await prisma.user.createManyAndReturn({ data: crowd, select: { id: true } })
    await transaction(async (tx) => {
      let inserts = 0
      const counting = new Proxy(tx, {
        get: (target, key) => {
          if (key === '$queryRaw') inserts += 1
          return Reflect.get(target, key)
        },
      })
      await notify(counting, news({ userIds: [...people.map((one) => one.id), randomUUID()] }))
      expect(inserts).toBe(1)
    })
    expect(await prisma.notification.count()).toBe(1_000)
    expect(await prisma.logEntry.count({ where: { push: 'notified' } })).toBe(1_000)
    await prisma.user.deleteMany({ where: { name: { startsWith: 'crowd-' } } })
  })

  test('long text is clipped between characters, and what cannot be stored left out', async () => {
    await tell({ title: `two\nlines ${'🎉'.repeat(200)}`, body: '<b>\0\ud800</b>' })
    const { title, body } = await newest(ben)
    expect(title).toBe(`two lines ${'🎉'.repeat(109)}…`)
    expect(body).toBe('<b></b>')
  })

  test('keeps to what the person prefers', async () => {
    const ways = { inbox: false, toast: false, system: false }
    await prefer(ben, { kind: 'mention', ...ways })
    await prefer(ben, { kind: 'sign-in', ...ways, toast: true })
    const told = [tell(), tell({ kind: 'sign-in', title: 'Signed in' }), tell({ kind: 'job', title: 'Done' })]
    await Promise.all([...told, tell({ userIds: [ada.id] })])
    expect(await titles(ben, 'inbox')).toEqual(['Done'])
    expect(await titles(ben, 'archived')).toEqual(['Signed in'])
    expect((await readInbox(ben)).unread).toBe(1)
    expect(await titles(ada, 'inbox')).toEqual(['ada named you'])
    const pushed = (await pushes(ben)).map(({ push }) => push)
    expect(pushed.filter((push) => push === 'notified')).toHaveLength(2)
    const { preferences } = await readInbox(ben)
    expect(preferences).toContainEqual({ kind: 'sign-in', ...ways, toast: true })
    expect(preferences).toContainEqual({ kind: 'job', inbox: true, toast: true, system: false })
  })
})

describe('the inbox', () => {
  test('comes in pages by place: what arrives meanwhile shifts nothing', async () => {
    const numbers = Array.from({ length: inboxLength.page + 3 }, (_, number) => `${number}`)
    for (const title of numbers) await tell({ title })
    const first = await readPage(ben, { state: 'inbox' })
    await tell({ title: 'meanwhile' })
    const second = await readPage(ben, { state: 'inbox', before: first.next ?? undefined })
    const read = [...first.entries, ...second.entries].map(({ title }) => title)
    expect(read).toHaveLength(numbers.length)
    expect(read.toSorted()).toEqual(numbers.toSorted())
    expect(second.next).toBeNull()
  })

  test('marks go there and back, count once, and are pushed only when they change something', async () => {
    await tell({ title: 'One' })
    const ids = [(await newest(ben)).id]
    await tell({ title: 'Other', kind: 'job' })
    expect((await markNotifications(ben, { ids, as: 'read' })).unread).toBe(1)
    await markNotifications(ben, { ids, as: 'read' })
    await markNotifications(ben, { ids, as: 'archived' })
    expect(await titles(ben, 'read')).toEqual([])
    expect(await titles(ben, 'archived', 'mention')).toEqual(['One'])
    expect(await titles(ben, 'archived', 'job')).toEqual([])
    const { entries, unread } = await markNotifications(ben, { ids, as: 'restored' })
    expect(entries).toMatchObject([{ id: ids[0], read: true, archived: false }])
    expect(unread).toBe(1)
    expect((await markNotifications(ben, { ids, as: 'unread' })).unread).toBe(2)
    expect((await pushes(ben)).map(({ push }) => push)).toEqual(['notified', 'notified', ...Array(4).fill('changed')])
  })

  test('is swept up to what was seen, by one push', async () => {
    await tell({ title: 'One' })
    await tell({ title: 'Two' })
    const { id: until, at } = await newest(ben)
    while (Date.now() <= at) await Promise.resolve()
    await tell({ title: 'Three' })
    expect(await sweep(ben, { until })).toEqual({ until, unread: 1 })
    expect(await sweep(ben, { until })).toEqual({ until, unread: 1 })
    expect(await titles(ben, 'unread')).toEqual(['Three'])
    expect((await pushes(ben)).filter(({ push }) => push === 'swept')).toEqual([{ push: 'swept', data: { until } }])
  })

  test('of another person is closed, to admins too', async () => {
    await tell({ title: 'private', body: 'private' })
    const socket = await server.connect(await server.signIn('ada'))
    const join = (room: string) => socket.emitWithAck(`${notifications.name}:join`, { room })
    expect(await join(ben.id)).toMatchObject({ ok: false, code: 'not-found' })
    expect(await join(ben.id.toUpperCase())).toMatchObject({ ok: false, code: 'not-found' })
    expect(await join(ada.id)).toMatchObject({ ok: true, state: { unread: 0, entries: [] } })
    expect(JSON.stringify(await pushes(ben))).not.toContain('private')
  })
})
