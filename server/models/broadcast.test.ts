import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Broadcast, type NewBroadcast, personRoom } from '#channels/broadcast'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { announce, dismiss, openAudiences, openBroadcasts, withdraw } from './broadcast'

let server: TestServer
let ada: Visitor
let ben: Visitor
const message: NewBroadcast = { text: 'The line closes at six.', severity: 'warning', audience: 'all', holdsFor: 60 }

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(async () => {
  await container().database.prisma.broadcast.deleteMany()
})

/** What a screen of this person would show when it opens. */
async function seenBy({ session: { user } }: Visitor): Promise<string[]> {
  const { all, role, person } = await openBroadcasts(user)
  const standing: Broadcast[] = [...all.state.standing, ...role.state.standing]
  return standing.filter(({ id }) => !person.state.dismissed.includes(id)).map(({ id }) => id)
}

/** What the settings page shows. */
async function standing(): Promise<string[]> {
  const rooms = Object.values(await openAudiences(ada.session.user))
  return rooms.flatMap(({ state }) => state.standing.map(({ id }) => id))
}

describe('refused', () => {
  test('a member who announces, withdraws or lists', async () => {
    const { id } = await announce(ada.session.user, message)
    const { user } = ben.session
    await expect(announce(user, message)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(withdraw(user, id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(openAudiences(user)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await seenBy(ben)).toEqual([id])
  })

  test.each<[string, object, string]>([
    ['without text', { text: ' ' }, 'text'],
    ['of more than 500 characters', { text: 'x'.repeat(501) }, 'text'],
    ['of a severity there is not', { severity: 'doom' }, 'severity'],
    ['to nobody there is', { audience: 'guests' }, 'audience'],
    ['that holds for no time', { holdsFor: 0 }, 'holdsFor'],
    ['that holds for a month', { holdsFor: 43_200 }, 'holdsFor'],
  ])('one %s, naming the field', async (_, change, path) => {
    const refusal = announce(ada.session.user, { ...message, ...change })
    await expect(refusal).rejects.toMatchObject({ code: 'invalid', details: { issues: [{ path }] } })
    expect(await standing()).toEqual([])
  })

  test('withdrawing and dismissing what there is not', async () => {
    await expect(withdraw(ada.session.user, 'no id')).rejects.toMatchObject({ code: 'invalid' })
    await expect(withdraw(ada.session.user, randomUUID())).rejects.toMatchObject({ code: 'not-found' })
    await expect(dismiss(ben.session.user, randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  })

  test('dismissing what was said to others', async () => {
    const { id } = await announce(ada.session.user, { ...message, audience: 'admin' })
    await expect(dismiss(ben.session.user, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test("dismissing in somebody else's room", async () => {
    const { id } = await announce(ada.session.user, message)
    const socket = await server.connect(ben)
    await socket.emitWithAck('broadcast:join', { room: 'all' })
    const answer = await socket.emitWithAck('broadcast:dismiss', { room: 'all', input: { id } })
    expect(answer).toMatchObject({ ok: false, code: 'forbidden' })
    expect(await seenBy(ben)).toEqual([id])
  })
})

test('each audience sees its own', async () => {
  const { id: toAll } = await announce(ada.session.user, message)
  const { id: toAdmins } = await announce(ada.session.user, { ...message, audience: 'admin' })
  const { id: toMembers } = await announce(ada.session.user, { ...message, audience: 'member' })
  expect(await standing()).toEqual([toAll, toAdmins, toMembers])
  expect(await seenBy(ada)).toEqual([toAll, toAdmins])
  expect(await seenBy(ben)).toEqual([toAll, toMembers])
})

test('what is dismissed stays dismissed for that person alone, and is told to all their tabs', async () => {
  const { id } = await announce(ada.session.user, message)
  const room = personRoom(ben.session.user.id)
  const [one, two] = [await server.connect(ben), await server.connect(ben)]
  await Promise.all([one, two].map((socket) => socket.emitWithAck('broadcast:join', { room })))
  const told = new Promise<PushFrame>((resolve) => two.once('broadcast:push', resolve))
  expect(await one.emitWithAck('broadcast:dismiss', { room, input: { id } })).toEqual({ ok: true, output: { id } })
  expect(await told).toMatchObject({ room, pushes: [{ push: 'dismissed', data: { id } }] })
  expect(await seenBy(ben)).toEqual([])
  expect(await seenBy(ada)).toEqual([id])
})

test('what is withdrawn or has expired is shown to nobody, and withdrawing twice is no error', async () => {
  const { id } = await announce(ada.session.user, message)
  const expired = await announce(ada.session.user, message)
  await container().database.prisma.broadcast.update({ where: { id: expired.id }, data: { expiresAt: new Date() } })
  await withdraw(ada.session.user, id)
  await withdraw(ada.session.user, id)
  expect(await seenBy(ben)).toEqual([])
  expect(await standing()).toEqual([])
})
