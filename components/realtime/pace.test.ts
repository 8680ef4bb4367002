import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel } from '#channels/contract'
import type { CallReply } from '#channels/wire'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'
import { startTestServer, type TestServer } from '#server/test-server'
import { until } from '#server/test-wait'
import type { Connection } from './connection'
import { Pace } from './pace'
import { openRoom, type Room } from './room'
import { connectAs } from './test-client'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({}),
  pushes: {},
  calls: {
    write: { input: z.string(), output: z.string(), limit: { burst: 2, perSecond: 20 } },
    seldom: { input: z.string(), output: z.string(), limit: { burst: 1, perSecond: 0.05 } },
    never: { input: z.string(), output: z.string() },
  },
})
let written: string[] = []
let joins: number[] = []
let crowded = 0

const write = async (_: unknown, text: string) => {
  written.push(text)
  return text
}
const serveNotes = serve(notes, {
  authorize: async () => {
    joins.push(performance.now())
    if (crowded-- > 0) refuse('rate-limited', 'Too many come at once.', { retryAfter: 2_500 })
  },
  state: async () => ({}),
  calls: { write, seldom: write, never: async () => refuse('rate-limited', 'Not today.') },
})

let server: TestServer
let connection: Connection
let room: Room<typeof notes>

beforeAll(async () => {
  server = await startTestServer({ channels: [serveNotes], settings: { MESSAGE_BYTES: '2048' } })
})
afterAll(() => server.stop())
beforeEach(async () => {
  written = []
  joins = []
  crowded = 0
  connection = connectAs(server.url, await server.signIn('ben'))
  room = open()
})
afterEach(() => connection.hangUp())

const open = () => openRoom(connection, notes, 'a', { state: {}, position: { epoch: '', seq: 0 } }, { pushes: {} })
const joined = () => until(() => room.snapshot.status === 'joined')
const rejected = (code: string) => ({ refused: expect.objectContaining({ code }) })

describe('refused', () => {
  test('when the wait would be longer than an answer may take', async () => {
    await joined()
    await room.call('seldom', 'first')
    await expect(room.call('seldom', 'second')).rejects.toMatchObject(rejected('rate-limited'))
    expect(written).toEqual(['first'])
  })

  test('when there is no wait that would help', async () => {
    await joined()
    await expect(room.call('never', 'x')).rejects.toMatchObject(rejected('rate-limited'))
  })

  test('what is longer than this server takes, while what is not quite so long is sent', async () => {
    await joined()
    await expect(room.call('write', 'x'.repeat(2_048))).rejects.toMatchObject(rejected('too-large'))
    await expect(room.call('write', 'ü'.repeat(1_024))).rejects.toMatchObject(rejected('too-large'))
    await expect(room.call('write', 'x'.repeat(1_900))).resolves.toHaveLength(1_900)
    expect(connection.status.is).toBe('connected')
  })
})

test('calls that come too often wait, and are carried out once and in their order', async () => {
  await joined()
  const texts = Array.from({ length: 12 }, (_, index) => `${index}`)
  expect(await Promise.all(texts.map((text) => room.call('write', text)))).toEqual(texts)
  expect(written).toEqual(texts)
  expect(connection.status.is).toBe('connected')
})

test('a call made while others wait for their pace is sent after them', async () => {
  const pace = new Pace()
  const deadline = Date.now() + 10_000
  const sent: string[] = []
  const granted = async (name: string): Promise<CallReply> => {
    sent.push(name)
    return { ok: true, output: name }
  }
  const answers: CallReply[] = [{ ok: false, code: 'rate-limited', message: 'Wait.', retryAfter: 100 }]
  const first = pace.ask('notes:write', deadline, async () => answers.shift() ?? granted('first'))
  await until(() => answers.length === 0)
  await Promise.all([first, pace.ask('notes:write', deadline, () => granted('second'))])
  expect(sent).toEqual(['first', 'second'])
})

test('a call does not wait for those of another kind', async () => {
  await joined()
  const many = Promise.all(Array.from({ length: 10 }, () => room.call('write', 'one of many')))
  await room.call('seldom', 'another')
  expect(written.indexOf('another')).toBeLessThan(5)
  await many
})

test('a join that comes too often is asked again after the wait', async () => {
  room.exit()
  await until(() => connection.room('notes/a') === undefined)
  joins = []
  crowded = 1
  room = open()
  await joined()
  const [first = 0, second = 0] = joins
  expect(joins).toHaveLength(2)
  // Not after the 2 s there are without it.
  expect(second - first).toBeGreaterThan(2_490)
})
