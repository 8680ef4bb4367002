import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JoinReply, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { openSubscription, sendMessage } from './subscription'

let server: TestServer
let ben: Visitor
let cleo: Visitor
let socket: Socket

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
  cleo = await server.signIn('cleo')
  socket = await server.connect(ben)
})
afterAll(() => server.stop())

const blank = {
  text1: null,
  text2: null,
  text3: null,
  progress: null,
  busy: null,
  value: null,
  datetime: null,
  body: null,
}
const join = (room: string, as = socket): Promise<JoinReply> => as.emitWithAck('message:join', { room })
const published = (id: string) => container().database.prisma.logEntry.count({ where: { room: `message/${id}` } })

test('refuses to open what is no id, and what is another owner’s', async () => {
  await expect(openSubscription('No Id', null)).rejects.toMatchObject({ code: 'invalid' })
  const [bens, everyones] = [randomUUID(), randomUUID()]
  await openSubscription(bens, ben.session.user.id)
  await openSubscription(everyones, null)
  await expect(openSubscription(bens, cleo.session.user.id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(openSubscription(bens, null)).rejects.toMatchObject({ code: 'conflict' })
  await expect(openSubscription(everyones, ben.session.user.id)).rejects.toMatchObject({ code: 'conflict' })
})

test('refuses to send to what nobody has opened, and what is no message', async () => {
  await expect(sendMessage(randomUUID(), { text1: 'hello' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(sendMessage('a\0b', { text1: 'hello' })).rejects.toMatchObject({ code: 'invalid' })
  const id = randomUUID()
  await openSubscription(id, null)
  await expect(sendMessage(id, { progress: 101 })).rejects.toMatchObject({
    code: 'invalid',
    details: { issues: [{ path: 'progress' }] },
  })
  expect(await published(id)).toBe(0)
})

test('a room of another person, and one there is not, are refused alike', async () => {
  const id = randomUUID()
  await openSubscription(id, cleo.session.user.id)
  const refused = { ok: false, code: 'not-found', message: 'There is no such subscription.' }
  expect(await join(id)).toEqual(refused)
  expect(await join(randomUUID())).toEqual(refused)
})

test('opening it again finds it as it is, with what was sent last', async () => {
  const id = randomUUID()
  expect(await openSubscription(id, ben.session.user.id)).toMatchObject({
    position: { seq: 0 },
    state: { message: null },
  })
  await sendMessage(id, { busy: true })
  const again = await openSubscription(id, ben.session.user.id)
  expect(again).toMatchObject({ position: { seq: 1 }, state: { message: { ...blank, busy: true } } })
  expect(await join(id)).toMatchObject({ ok: true, ...again })
})

test('several who open one at the same time open the same one', async () => {
  const id = randomUUID()
  const opened = await Promise.all([1, 2, 3, 4].map(() => openSubscription(id, null)))
  expect(new Set(opened.map((one) => JSON.stringify(one))).size).toBe(1)
})

test('everyone’s is for everyone who is signed in, and each of them receives', async () => {
  const id = randomUUID()
  await openSubscription(id, null)
  const other = await server.connect(cleo)
  const heard = [socket, other].map(
    (one) =>
      new Promise<PushFrame>((resolve) => one.on('message:push', (frame) => frame.room === id && resolve(frame))),
  )
  expect(await Promise.all([join(id), join(id, other)])).toMatchObject([{ ok: true }, { ok: true }])
  const message = await sendMessage(id, { text1: 'Closing at six.', value: 18, body: { rows: [1, 'two', null] } })
  expect(message).toEqual({ ...blank, text1: 'Closing at six.', value: 18, body: { rows: [1, 'two', null] } })
  for (const frame of await Promise.all(heard)) {
    expect(frame.pushes).toEqual([{ push: 'sent', seq: 1, at: expect.any(Number), data: message }])
  }
})

test('a send changes the fields it names, and carries all of them', async () => {
  const id = randomUUID()
  await openSubscription(id, null)
  await sendMessage(id, { text1: 'Repricing', progress: 10, busy: true, body: { a: 1, b: 2 } })
  const message = await sendMessage(id, { progress: 20, text1: undefined, busy: null, body: { c: 3 } })
  expect(message).toEqual({ ...blank, text1: 'Repricing', progress: 20, body: { c: 3 } })
  const stored = await container().database.prisma.logEntry.findFirst({
    where: { room: `message/${id}` },
    orderBy: { seq: 'desc' },
  })
  expect(stored?.data).toEqual(message)
})

test('of many sends at once none loses the fields of another, and the last one sent is the one that stays', async () => {
  const id = randomUUID()
  await openSubscription(id, ben.session.user.id)
  const frames: PushFrame[] = []
  socket.on('message:push', (frame: PushFrame) => frame.room === id && frames.push(frame))
  await join(id)
  const fields = [{ text1: 'a' }, { text2: 'b' }, { text3: 'c' }, { value: 1 }, { busy: false }, { datetime: 0 }]
  const sent = [...fields, ...Array.from({ length: 20 }, (_, progress) => ({ progress }))]
  await Promise.all(sent.map((one) => sendMessage(id, one)))
  await eventually(() => expect(frames.flatMap(({ pushes }) => pushes)).toHaveLength(sent.length))
  const { state } = await openSubscription(id, ben.session.user.id)
  expect(state.message).toMatchObject({ text1: 'a', text2: 'b', text3: 'c', value: 1, busy: false, datetime: 0 })
  const last = frames.flatMap(({ pushes }) => pushes).find(({ seq }) => seq === sent.length)
  expect(last?.data).toEqual(state.message)
})
