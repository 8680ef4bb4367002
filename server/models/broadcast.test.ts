import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type NewBroadcast, personRoom } from '#channels/broadcast'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { announce, announceDue, edit, withdraw } from './broadcast'
import { acknowledge, dismiss, noteHad } from './broadcast-receipt'
import { openBroadcasts, openDesk, readBroadcasts } from './broadcast-room'

let server: TestServer
let ada: Visitor
let ben: Visitor
let cleo: Visitor
const message: NewBroadcast = { text: 'The line closes at six.', severity: 'warning', audience: 'all', holdsFor: 60 }
const words = { text: 'At seven.', severity: 'danger', expiresAt: null, version: 0 } as const

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
  cleo = await server.signIn('cleo')
})
afterAll(() => server.stop())
beforeEach(async () => {
  await container().database.prisma.broadcast.deleteMany()
})

const as = ({ session: { user } }: Visitor) => user

/** What a screen of this person would show when it opens. */
async function seenBy(visitor: Visitor): Promise<string[]> {
  const { all, role, person } = await openBroadcasts(as(visitor))
  const standing = [all, role, person].flatMap(({ state }) => state.standing)
  return standing.filter(({ id }) => !person.state.done.includes(id)).map(({ id }) => id)
}

const receiptsOf = async (id: string) => (await openDesk(as(ada))).state.receipts.find((one) => one.id === id)

describe('refused', () => {
  test('a member who announces, edits, withdraws or reads the history', async () => {
    const { id } = await announce(as(ada), message)
    await expect(announce(as(ben), message)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(edit(as(ben), id, words)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(withdraw(as(ben), id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(() => openDesk(as(ben))).toThrow(expect.objectContaining({ code: 'forbidden' }))
    const socket = await server.connect(ben)
    for (const room of ['desk', 'admin', personRoom(as(ada).id)]) {
      expect(await socket.emitWithAck('broadcast:join', { room })).toMatchObject({ ok: false, code: 'forbidden' })
    }
    expect(await seenBy(ben)).toEqual([id])
  })

  test.each<[string, object, string]>([
    ['without text', { text: ' ' }, 'text'],
    ['of more than 500 characters', { text: 'x'.repeat(501) }, 'text'],
    ['of a severity there is not', { severity: 'doom' }, 'severity'],
    ['to nobody there is', { audience: 'guests' }, 'audience'],
    ['that holds for no time', { holdsFor: 0 }, 'holdsFor'],
    ['that holds for a month', { holdsFor: 43_200 }, 'holdsFor'],
    ['that counts down to what is over', { countsTo: 1 }, 'countsTo'],
    ['that counts down to before it starts', { startsAt: 8e15, countsTo: 7e15 }, 'countsTo'],
  ])('one %s, naming the field', async (_, change, path) => {
    const refusal = announce(as(ada), { ...message, ...change })
    await expect(refusal).rejects.toMatchObject({ code: 'invalid', details: { issues: [{ path }] } })
    expect((await readBroadcasts('desk')).history).toEqual([])
  })

  test('one to a person there is not', async () => {
    const refusal = announce(as(ada), { ...message, audience: personRoom(randomUUID()) })
    await expect(refusal).rejects.toMatchObject({ code: 'not-found' })
  })

  test('changing what there is not', async () => {
    await expect(withdraw(as(ada), 'no id')).rejects.toMatchObject({ code: 'invalid' })
    await expect(withdraw(as(ada), randomUUID())).rejects.toMatchObject({ code: 'not-found' })
    await expect(edit(as(ada), randomUUID(), words)).rejects.toMatchObject({ code: 'not-found' })
    await expect(dismiss(as(ben), randomUUID())).rejects.toMatchObject({ code: 'not-found' })
    await expect(acknowledge(as(ben), randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  })

  test('editing what another admin has edited, what is withdrawn, and what is over', async () => {
    const { id } = await announce(as(ada), message)
    await edit(as(ada), id, words)
    await expect(edit(as(ada), id, words)).rejects.toMatchObject({ code: 'conflict' })
    await withdraw(as(ada), id)
    await expect(edit(as(ada), id, { ...words, version: 1 })).rejects.toMatchObject({ code: 'conflict' })
    const over = await announce(as(ada), message)
    await container().database.prisma.broadcast.update({ where: { id: over.id }, data: { expiresAt: new Date() } })
    await expect(edit(as(ada), over.id, words)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('dismissing what was said to others, what must be acknowledged, and what stays', async () => {
    const others = [await announce(as(ada), { ...message, audience: 'admin' })]
    others.push(await announce(as(ada), { ...message, audience: personRoom(as(cleo).id) }))
    for (const { id } of others) await expect(dismiss(as(ben), id)).rejects.toMatchObject({ code: 'not-found' })
    const binding = await announce(as(ada), { ...message, mustAcknowledge: true })
    await expect(dismiss(as(ben), binding.id)).rejects.toMatchObject({ code: 'conflict' })
    const lasting = await announce(as(ada), { ...message, dismissible: false })
    await expect(dismiss(as(ben), lasting.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(acknowledge(as(ben), lasting.id)).rejects.toMatchObject({ code: 'conflict' })
  })

  test("dismissing in somebody else's room", async () => {
    const { id } = await announce(as(ada), message)
    const socket = await server.connect(ben)
    await socket.emitWithAck('broadcast:join', { room: 'all' })
    const answer = await socket.emitWithAck('broadcast:dismiss', { room: 'all', input: { id } })
    expect(answer).toMatchObject({ ok: false, code: 'forbidden' })
    expect(await seenBy(ben)).toEqual([id])
  })
})

test('each audience sees its own, one person too, and all have it in the inbox', async () => {
  const { id: toAll } = await announce(as(ada), message)
  const { id: toAdmins } = await announce(as(ada), { ...message, audience: 'admin' })
  const { id: toMembers } = await announce(as(ada), { ...message, audience: 'member' })
  const { id: toBen } = await announce(as(ada), { ...message, audience: personRoom(as(ben).id) })
  expect(await seenBy(ada)).toEqual([toAll, toAdmins])
  expect(await seenBy(ben)).toEqual([toAll, toMembers, toBen])
  expect(await seenBy(cleo)).toEqual([toAll, toMembers])
  const inbox = await container().database.prisma.notification.findMany({
    where: { userId: as(ben).id, about: { in: [toAll, toAdmins, toMembers, toBen].map((id) => `broadcast/${id}`) } },
  })
  expect(inbox).toHaveLength(3)
})

test('what is dismissed stays dismissed for that person alone, and is told to all their tabs', async () => {
  const { id } = await announce(as(ada), message)
  const room = personRoom(as(ben).id)
  const [one, two] = [await server.connect(ben), await server.connect(ben)]
  await Promise.all([one, two].map((socket) => socket.emitWithAck('broadcast:join', { room })))
  const told = new Promise<PushFrame>((resolve) => two.once('broadcast:push', resolve))
  expect(await one.emitWithAck('broadcast:dismiss', { room, input: { id } })).toEqual({ ok: true, output: { id } })
  expect(await told).toMatchObject({ room, pushes: [{ push: 'dismissed', data: { id } }] })
  expect(await seenBy(ben)).toEqual([])
  expect(await seenBy(ada)).toEqual([id])
})

test('what is withdrawn or has expired is shown to nobody, and withdrawing twice is no error', async () => {
  const { id } = await announce(as(ada), message)
  const expired = await announce(as(ada), message)
  await container().database.prisma.broadcast.update({ where: { id: expired.id }, data: { expiresAt: new Date() } })
  await withdraw(as(ada), id)
  await withdraw(as(ada), id)
  expect(await seenBy(ben)).toEqual([])
  const { history } = await readBroadcasts('desk')
  expect(history.map((entry) => [entry.id, entry.withdrawnAt !== null])).toEqual([
    [expired.id, false],
    [id, true],
  ])
})

test('a planned one is shown to nobody before its time, and then told once, whoever looks', async () => {
  const socket = await server.connect(ben)
  await socket.emitWithAck('broadcast:join', { room: 'all' })
  const told: string[] = []
  socket.on('broadcast:push', ({ pushes }: PushFrame) => told.push(...pushes.map(({ push }) => push)))
  const planned = await announce(as(ada), { ...message, startsAt: Date.now() + 3_600_000 })
  const gone = await announce(as(ada), { ...message, startsAt: Date.now() + 3_600_000 })
  await withdraw(as(ada), gone.id)
  expect(await announceDue()).toBe(planned.startsAt)
  expect(await seenBy(ben)).toEqual([])

  const at = { startsAt: new Date(Date.now() - 1) }
  await container().database.prisma.broadcast.updateMany({ data: at })
  await Promise.all([announceDue(), announceDue(), announceDue()])
  await eventually(() => expect(told).toEqual(['announced']))
  expect(await seenBy(ben)).toEqual([planned.id])
  expect(await announceDue()).toBeNull()
})

test('one that starts in a moment is told by the server itself', async () => {
  const { id } = await announce(as(ada), { ...message, startsAt: Date.now() + 200 })
  expect(await seenBy(ben)).toEqual([])
  await eventually(async () => expect(await seenBy(ben)).toEqual([id]))
})

test('who has had it, seen it and confirmed it is counted once for each person, and not for others', async () => {
  const { id } = await announce(as(ada), { ...message, audience: 'member', mustAcknowledge: true })
  const people = await container().database.prisma.user.count({ where: { role: 'member' } })
  await noteHad(as(ben), [id, randomUUID()], false)
  await noteHad(as(ben), [id], false)
  await noteHad(as(ada), [id], true)
  expect(await receiptsOf(id)).toEqual({ id, people, delivered: 1, seen: 0, acknowledged: 0 })
  await noteHad(as(ben), [id], true)
  await acknowledge(as(cleo), id)
  await acknowledge(as(cleo), id)
  expect(await receiptsOf(id)).toEqual({ id, people, delivered: 2, seen: 2, acknowledged: 1 })
  expect(await seenBy(cleo)).toEqual([])
})
