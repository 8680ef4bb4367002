import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel } from '#channels/contract'
import { type Ended, type HandshakeRefused, handshakeRefused } from '#channels/wire'
import { container } from '#server/container'
import { serve } from '#server/realtime/serve'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'

/** A channel whose call, unless it is a quick one, ends when the test says so. */
const slow = defineChannel({
  name: 'slow',
  room: z.string(),
  state: z.object({}),
  pushes: {},
  calls: { work: { input: z.string(), output: z.string() } },
})

let finish: () => void
let begun: string[]
const serveSlow = serve(slow, {
  authorize: () => {},
  state: async () => ({}),
  calls: {
    work: async (_, name) => {
      begun.push(name)
      if (name !== 'quick') await finished
      return name
    },
  },
})
let finished: Promise<void>

// A server that closes is of no use to the next test.
let server: TestServer
let ben: Visitor
let socket: Socket

beforeEach(async () => {
  begun = []
  finished = new Promise((resolve) => {
    finish = resolve
  })
  server = await startTestServer({ channels: [serveSlow] })
  ben = await server.signIn('ben')
  socket = await server.connect(ben)
  await join()
})
afterEach(async () => {
  finish()
  await server.stop()
})

const join = (room = 'main', by = socket) => by.emitWithAck('slow:join', { room })
const work = (input: string, by = socket) => by.emitWithAck('slow:work', { room: 'main', input })
const drain = () => container().drain.begin()
const endedOf = (of: Socket) => new Promise<Ended>((resolve) => of.once('ended', resolve))

/** Comes for as long as it is not let in. */
async function refusalOfHandshake(): Promise<HandshakeRefused> {
  const late = server.open(ben)
  const error = await new Promise<Error & { data?: unknown }>((resolve) => late.once('connect_error', resolve))
  return handshakeRefused.parse(error.data)
}

describe('refused while the server closes, with the time to come back', () => {
  const later = { code: 'unavailable', message: 'The server is restarting.', retryAfter: expect.any(Number) }

  test('whoever comes, and a join, though calls are still carried out', async () => {
    const draining = drain()
    expect(await refusalOfHandshake()).toEqual(later)
    expect(await join('other')).toEqual({ ok: false, ...later })
    finish()
    expect(await work('sent before it was known')).toEqual({ ok: true, output: 'sent before it was known' })
    await draining
  })

  test('a call too, once all that was on its way has come', async () => {
    const other = await server.connect(ben)
    await join('main', other)
    const pending = work('pending')
    await expect.poll(() => begun).toEqual(['pending'])
    const draining = drain()
    expect(await work('quick', other)).toMatchObject({ ok: true })
    await expect.poll(() => work('quick', other), { timeout: 3_000 }).toEqual({ ok: false, ...later })
    finish()
    expect(await pending).toMatchObject({ ok: true })
    await draining
  })
})

test('every client is told, each with a time of its own', async () => {
  const sockets = [socket, ...(await Promise.all(Array.from({ length: 9 }, () => server.connect(ben))))]
  const told = Promise.all(sockets.map(endedOf))
  await drain()
  const ended = await told
  for (const one of ended) expect(one).toEqual({ reason: 'restarting', retry: true, retryAfter: expect.any(Number) })
  const returns = ended.map(({ retryAfter = 0 }) => retryAfter)
  expect(Math.min(...returns)).toBeGreaterThanOrEqual(300)
  expect(new Set(returns).size).toBeGreaterThan(5)
})

test('what was asked for is carried out and answered before the line is closed', async () => {
  const answers = Array.from({ length: 10 }, (_, index) => work(`${index}`))
  await expect.poll(() => begun).toHaveLength(1)
  const closed = new Promise((resolve) => socket.once('disconnect', resolve))
  const told = endedOf(socket)
  const { drain } = container()
  const left = drain.begin().then(() => drain.hangUp())
  await told
  finish()
  expect(await Promise.all(answers)).toEqual(
    Array.from({ length: 10 }, (_, index) => ({ ok: true, output: `${index}` })),
  )
  await closed
  await left
})

test('a call that never ends holds the server for four seconds and no longer', async () => {
  void work('endless').catch(() => {})
  await expect.poll(() => begun).toEqual(['endless'])
  const begunAt = performance.now()
  await drain()
  expect(performance.now() - begunAt).toBeGreaterThan(3_900)
  expect(performance.now() - begunAt).toBeLessThan(6_000)
})

test('where nobody is connected nobody is waited for', async () => {
  const gone = new Promise((resolve) =>
    container()
      .io.sockets.sockets.get(socket.id ?? '')
      ?.once('disconnect', resolve),
  )
  socket.disconnect()
  await gone
  const begunAt = performance.now()
  await drain()
  expect(performance.now() - begunAt).toBeLessThan(100)
})
