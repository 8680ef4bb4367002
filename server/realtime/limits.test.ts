import type { Socket as ClientSocket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel } from '#channels/contract'
import { container } from '#server/container'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { Limits } from './limits'
import { serve } from './serve'
import type { Socket } from './socket-server'

/** A channel that counts what reaches its handlers. */
const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({}),
  pushes: {},
  calls: {
    write: { input: z.string(), output: z.string() },
    quick: { input: z.string(), output: z.string(), limit: { burst: 1, perSecond: 10 } },
    hint: { input: z.string(), output: z.string(), volatile: true },
  },
})
let asked: string[] = []
let carriedOut: string[] = []
const carryOut = async (_: unknown, text: string) => {
  carriedOut.push(text)
  return text
}
const serveNotes = serve(notes, {
  authorize: async ({ room }) => {
    asked.push(room)
    if (room === 'locked') throw new Error('the handler failed')
  },
  state: async () => ({}),
  calls: { write: carryOut, quick: carryOut, hint: carryOut },
})

let server: TestServer
let ben: Visitor
let socket: ClientSocket
const open: ClientSocket[] = []

beforeAll(async () => {
  const settings = { CALL_BURST: '3', CALLS_PER_SECOND: '2', ROOMS_PER_SOCKET: '3', SOCKETS_PER_SESSION: '4' }
  server = await startTestServer({ channels: [serveNotes], settings })
})
afterAll(() => server.stop())
beforeEach(async () => {
  // A session of its own for each test: what one has used up is not there for the next.
  ben = await server.signIn('ben')
  socket = await connect()
  asked = []
  carriedOut = []
})
afterEach(() => {
  for (const one of open.splice(0)) one.disconnect()
})

async function connect(visitor = ben): Promise<ClientSocket> {
  const connected = await server.connect(visitor)
  open.push(connected)
  return connected
}

const join = (room: string, from = socket) => from.emitWithAck('notes:join', { room })
const write = (input: unknown, from = socket) => from.emitWithAck('notes:write', { room: 'a', input })
const times = <Answer>(count: number, ask: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(index)))
const tooOften = { ok: false, code: 'rate-limited', message: expect.any(String), retryAfter: expect.any(Number) }

describe('too often', () => {
  test('is refused with the wait, and nothing of it is looked at', async () => {
    await join('a')
    const answers = await times(4, (index) => write(`${index}`))
    expect(answers.slice(0, 3)).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
    expect(answers[3]).toEqual(tooOften)
    expect(answers[3].retryAfter).toBeGreaterThan(0)
    expect(answers[3].retryAfter).toBeLessThanOrEqual(500)
    // Of a wrong input, and of a room it is not in, it is told nothing else.
    expect(await write(7)).toEqual(tooOften)
    expect(await socket.emitWithAck('notes:write', { room: 'b', input: 'x' })).toEqual(tooOften)
    expect(carriedOut).toEqual(['0', '1', '2'])
    expect(asked).toEqual(['a'])
  })

  test('is what the contract of the call says, where it says so', async () => {
    await join('a')
    const quick = () => socket.emitWithAck('notes:quick', { room: 'a', input: 'x' })
    expect(await times(2, quick)).toEqual([{ ok: true, output: 'x' }, tooOften])
    expect(carriedOut).toEqual(['x'])
  })

  test('is counted for all sockets of a session together', async () => {
    const other = await connect()
    await Promise.all([join('a'), join('a', other)])
    await times(3, (index) => write(`${index}`))
    expect(await write('x', other)).toEqual(tooOften)
  })

  test('a volatile call is dropped', async () => {
    await join('a')
    for (let index = 0; index < 10; index++) socket.emit('notes:hint', { room: 'a', input: `${index}` })
    expect(await write('after them')).toMatchObject({ ok: true })
    expect(carriedOut).toEqual(['0', '1', '2', 'after them'])
  })

  test.each(['hint', 'write'])('and on and on with %s, the socket is closed for a while', async (call) => {
    await join('a')
    const end = endOf(socket)
    for (let index = 0; index < 200; index++) socket.emit(`notes:${call}`, { room: 'a', input: `${index}` })
    expect(await end).toEqual({ reason: 'rate-limited', retry: true, retryAfter: 10_000 })
    // Those that were granted waited for their turn, which may not have come before the end.
    expect(['0', '1', '2']).toEqual(expect.arrayContaining(carriedOut))
    // Patience belongs to the session: a new socket has no more of it.
    const returned = await connect()
    const endAgain = endOf(returned)
    for (let index = 0; index < 10; index++) returned.emit(`notes:${call}`, { room: 'a', input: 'x' })
    expect(await endAgain).toMatchObject({ reason: 'rate-limited' })
  })

  test('joining is limited too, for all rooms together', async () => {
    const answers = await times(40, () => join('a'))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(12)
    expect(answers.at(-1)).toEqual(tooOften)
  })

  test('and saying alive', async () => {
    const answers = await times(20, () => socket.emitWithAck('alive', {}))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(16)
    expect(answers.at(-1)).toEqual(tooOften)
  })
})

describe('not too often', () => {
  test('another call, and another session', async () => {
    const cleo = await connect(await server.signIn('cleo'))
    await Promise.all([join('a'), join('a', cleo)])
    await times(3, (index) => write(`${index}`))
    expect(await socket.emitWithAck('notes:quick', { room: 'a', input: 'x' })).toMatchObject({ ok: true })
    expect(await write('x', cleo)).toMatchObject({ ok: true })
  })

  test('after the wait', async () => {
    await join('a')
    const [, refused] = await times(2, () => socket.emitWithAck('notes:quick', { room: 'a', input: 'x' }))
    await new Promise((resolve) => setTimeout(resolve, refused.retryAfter + 1))
    expect(await socket.emitWithAck('notes:quick', { room: 'a', input: 'x' })).toMatchObject({ ok: true })
  })

  test('whoever waits as long as told is never closed, however often they are refused', async () => {
    const served = servedSocket(socket)
    const limits = new Limits(container().env)
    const limit = { burst: 1, perSecond: 100 }
    let now = 0
    for (let round = 0; round < 1_000; round++) {
      expect(limits.take(served, 'notes:write', limit, now)).toEqual({ wait: 0 })
      // As if another tab had been faster, each time.
      const { wait, cutOffFor } = limits.take(served, 'notes:write', limit, now)
      expect(cutOffFor).toBeUndefined()
      now += wait
    }
  })
})

/** The server's end of a client's socket. */
function servedSocket({ id }: ClientSocket): Socket {
  const served = container()
    .io.of('/')
    .sockets.get(id ?? '')
  if (!served) throw new Error('It is not connected.')
  return served
}

describe('too many rooms', () => {
  const full = { ok: false, code: 'rate-limited', message: expect.stringContaining('3 rooms') }

  test('are refused, without a wait, since leaving is what helps', async () => {
    for (const room of ['a', 'b', 'c']) await join(room)
    expect(await join('d')).toEqual(full)
    expect(asked).toEqual(['a', 'b', 'c'])
    expect(await join('b')).toMatchObject({ ok: true })
    await socket.emitWithAck('notes:leave', { room: 'a' })
    expect(await join('d')).toMatchObject({ ok: true })
  })

  test('also when they are joined all at once', async () => {
    const answers = await times(6, (index) => join(`${index}`))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3)
    expect(answers.at(-1)).toEqual(full)
    expect([...servedSocket(socket).data.membership.keys()]).toHaveLength(3)
  })

  test('are not those that could not be joined', async () => {
    for (let round = 0; round < 4; round++) expect(await join('locked')).toMatchObject({ ok: false, code: 'internal' })
    expect(await times(3, (index) => join(`${index}`))).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
  })
})

describe('too many sockets of a session', () => {
  const refusal = (visitor: Partial<Visitor>) =>
    new Promise((resolve) => {
      const one = server.open(visitor)
      open.push(one)
      one.once('connect', () => resolve('let in'))
      one.once('connect_error', (error: Error & { data?: unknown }) => resolve(error.data))
    })
  const tooMany = { code: 'rate-limited', message: expect.any(String) }

  test('are refused, those still in their handshake counted', async () => {
    const answers = await times(6, () => refusal(ben))
    expect(answers.filter((answer) => answer === 'let in')).toHaveLength(3)
    expect(answers.filter((answer) => answer !== 'let in')).toEqual([tooMany, tooMany, tooMany])
    const cleo = await server.signIn('cleo')
    expect(await refusal(cleo)).toBe('let in')
  })

  test('are not those that have gone', async () => {
    for (let round = 0; round < 10; round++) (await connect()).disconnect()
    await eventually(async () => expect(await refusal(ben)).toBe('let in'))
  })

  test('are not those that were refused', async () => {
    for (let round = 0; round < 10; round++) {
      expect(await refusal({ ...ben, csrfToken: 'of another' })).toMatchObject({ code: 'forbidden' })
    }
    await eventually(async () => expect(await refusal(ben)).toBe('let in'))
  })
})
