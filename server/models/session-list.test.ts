import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SessionPolicy } from '#channels/session'
import { container } from '#server/container'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { describeEnd, findLiveSession, type LiveSession } from './session'
import { endOneSession, openSessions, readSessions } from './session-list'
import { requestSignIn } from './sign-in-request'
import { changeRole, setPolicy } from './user'

let server: TestServer
let ada: Visitor
let ben: Visitor
let bens: Visitor
let socket: Socket

const place = { device: 'Safari on iOS', address: '203.0.113.9' }

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  await policyOf('ben', 'many')
  ben = await server.signIn('ben')
  bens = await server.signIn('ben', 'another device')
  socket = await server.connect(ben)
})
afterAll(() => server.stop())

async function policyOf(name: string, policy: SessionPolicy): Promise<void> {
  const { id } = await container().database.prisma.user.findUniqueOrThrow({ where: { name } })
  await setPolicy(ada.session.user, id, policy)
}
const idOf = ({ session }: Visitor) => session.user.id
const ask = (from: Socket, event: string, room: string, input?: object) =>
  from.emitWithAck(`session:${event}`, input ? { room, input } : { room })
const join = (from: Socket, room: string) => ask(from, 'join', room)
const others = (): [string, (actor: LiveSession) => Promise<unknown>][] => [
  ['looks at', ({ user }) => openSessions(user, idOf(ada))],
  ['ends one of', (actor) => endOneSession(actor, idOf(ada), ada.session.id)],
]

describe('somebody else’s sessions', () => {
  test.each(others())('no member %s them', async (_, act) => {
    await expect(act(ben.session)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await findLiveSession(ada.session.id)).not.toBeNull()
  })

  test('are no room for a member, and nobody’s for an admin', async () => {
    expect(await join(socket, idOf(ada))).toMatchObject({ ok: false, code: 'forbidden' })
    const admin = await server.connect(ada)
    expect(await join(admin, randomUUID())).toMatchObject({ ok: false, code: 'not-found' })
    expect(await join(admin, idOf(ben).toUpperCase())).toMatchObject({ ok: false, code: 'not-found' })
  })

  test('are not ended in a room of one’s own', async () => {
    const line = await server.connect(ben)
    await join(line, idOf(ben))
    expect(await ask(line, 'end', idOf(ben), { id: ada.session.id })).toMatchObject({ ok: false, code: 'not-found' })
    expect(await ask(line, 'end', idOf(ben), { id: 'x' })).toMatchObject({ ok: false, code: 'invalid' })
    expect(await findLiveSession(ada.session.id)).not.toBeNull()
  })

  test('are seen and ended by an admin, until they are none any more', async () => {
    const cleo = await server.signIn('cleo')
    const dora = await server.signIn('dora')
    await changeRole(ada.session.user, idOf(cleo), 'admin')
    const line = await server.connect(cleo)
    expect(await join(line, idOf(dora))).toMatchObject({ ok: true, state: { sessions: [{ id: dora.session.id }] } })
    const left = new Promise((resolve) => line.once('session:left', resolve))
    const doras = endOf(await server.connect(dora))
    expect(await ask(line, 'end', idOf(dora), { id: dora.session.id })).toMatchObject({ ok: true })
    expect(await doras).toMatchObject({ reason: 'revoked' })
    await changeRole(ada.session.user, idOf(cleo), 'member')
    expect(await left).toMatchObject({ room: idOf(dora), code: 'forbidden' })
  })
})

describe('a question', () => {
  test('is answered by nobody else, not even an admin who sees it', async () => {
    await policyOf('ben', 'ask')
    const asked = await requestSignIn({ user: ben.session.user, ...place })
    const { asks } = await readSessions(idOf(ben))
    expect(asked).toEqual({ is: 'waiting', request: asks[0]?.id })
    const answer = { id: asks[0]?.id, answer: 'yielded' }
    const admin = await server.connect(ada)
    expect(await join(admin, idOf(ben))).toMatchObject({ ok: true, state: { asks } })
    expect(await ask(admin, 'answer', idOf(ben), answer)).toMatchObject({ ok: false, code: 'forbidden' })
    await join(admin, idOf(ada))
    expect(await ask(admin, 'answer', idOf(ada), answer)).toMatchObject({ ok: false, code: 'not-found' })
    expect((await readSessions(idOf(ben))).asks).toEqual(asks)
  })

  test('is answered once, and not in another word', async () => {
    const line = await server.connect(ben)
    await join(line, idOf(ben))
    const [{ id } = { id: '' }] = (await readSessions(idOf(ben))).asks
    expect(await ask(line, 'answer', idOf(ben), { id, answer: 'no' })).toMatchObject({ ok: false, code: 'invalid' })
    expect(await ask(line, 'answer', idOf(ben), { id, answer: 'kept' })).toMatchObject({ ok: true })
    expect(await ask(line, 'answer', idOf(ben), { id, answer: 'yielded' })).toMatchObject({ code: 'conflict' })
    expect((await readSessions(idOf(ben))).asks).toEqual([])
  })
})

test('each tab is shown while it is open, on whichever screen of its person, and by when the last one was seen', async () => {
  const line = await server.connect(ben)
  const room = idOf(ben)
  const opened = async () => {
    const { latest } = await join(await server.connect(ada), room)
    return latest.map(({ data }: { data: { id: string; sessionId: string } }) => data)
  }
  const tab = await server.connect(bens)
  const { id: sessionId } = bens.session
  const shown = { id: tab.id, sessionId, path: '/socket.io', address: '127.0.0.1', roundTrip: null }
  await eventually(async () => expect(await opened()).toContainEqual({ ...shown, since: expect.any(Number) }))
  const pushed: unknown[] = []
  line.on('session:push', ({ pushes }) => pushed.push(...pushes))
  await join(line, room)
  tab.disconnect()
  await eventually(() => {
    expect(pushed).toContainEqual({ push: 'opened', key: shown.id, at: expect.any(Number) })
    expect(pushed).toContainEqual(
      expect.objectContaining({ push: 'seen', data: { sessionId, at: expect.any(Number) } }),
    )
  })
  expect(await opened()).not.toContainEqual(expect.objectContaining({ sessionId }))
  const signedIn = (await readSessions(room)).sessions.find(({ id }) => id === sessionId)
  await eventually(async () => {
    const seen = (await readSessions(room)).sessions.find(({ id }) => id === sessionId)
    expect(seen?.lastSeenAt).toBeGreaterThan(signedIn?.signedInAt ?? 0)
  })
})

test('one ends all others, and then oneself with them', async () => {
  await policyOf('ben', 'many')
  const [one, other] = [await server.signIn('ben'), await server.signIn('ben')]
  const [line, closing] = [await server.connect(one), endOf(await server.connect(other))]
  await join(line, idOf(ben))
  expect(await ask(line, 'endOthers', idOf(ben), {})).toMatchObject({ ok: true })
  expect(await closing).toMatchObject({ reason: 'revoked', retry: false })
  for (const { session } of [ben, bens]) expect(await describeEnd(session.id)).toMatchObject({ reason: 'revoked' })
  expect(await findLiveSession(one.session.id)).not.toBeNull()
  const ended = endOf(line)
  line.emit('session:endAll', { room: idOf(ben), input: {} })
  expect(await ended).toMatchObject({ reason: 'signed-out' })
  expect((await readSessions(idOf(ben))).sessions).toEqual([])
})
