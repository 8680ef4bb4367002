import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { pack, unpack } from 'msgpackr'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '#server/sockets/endpoint'
import { addEndpoint, removeEndpoint } from '#server/sockets/endpoints'
import { openSocket } from '#server/sockets/test-client'
import type { OpenTranscoder } from '#server/sockets/transcoder'
import { startTestServer, type TestServer } from '#server/test-server'
import { json } from './json'
import { messagePack } from './message-pack'

let server: TestServer
const onMessage = vi.fn<NonNullable<Endpoint['handler']['onMessage']>>()
const onError = vi.fn()

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(() => {
  vi.resetAllMocks()
  onMessage.mockImplementation((message, connection) => void connection.send(message))
})
afterEach(() => void removeEndpoint('tried'))

const open = (transcoder?: OpenTranscoder) => {
  const handler = { onMessage, onError }
  addEndpoint('tried', { description: 'For a test.', authenticate: 'public', handler, transcoder })
  return openSocket(server, 'tried')
}

const order = z.object({ id: z.int(), note: z.string().default('none') })

describe('malformed: closed with 1007, told to onError, and never handled,', () => {
  test.each([
    ['text that is no JSON', '{'],
    ['nothing', ''],
    ['JSON of another shape', '{"id":"7"}'],
    ['JSON that is too deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
  ])('as JSON: %s', async (_, message) => {
    const socket = await open(json(order))
    socket.send(message)
    expect(await socket.closed).toEqual({ code: 1007, reason: 'malformed' })
    expect(onMessage).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['bytes that stop too early', pack({ id: 7 }).subarray(0, -1)],
    ['bytes that go on', Buffer.concat([pack({ id: 7 }), pack(1)])],
    ['nothing', Buffer.alloc(0)],
    ['another shape', pack({ id: '7' })],
    ['a byte that is never used', Buffer.from([0xc1])],
    ['an array of four thousand million', Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff])],
    ['a map of four thousand million', Buffer.from([0xdf, 0xff, 0xff, 0xff, 0xff])],
    ['arrays that are too deep', Buffer.alloc(60_000, 0x91)],
  ])('as MessagePack: %s', async (_, message) => {
    const socket = await open(messagePack(order))
    socket.send(message)
    expect(await socket.closed).toEqual({ code: 1007, reason: 'malformed' })
    expect(onMessage).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledTimes(1)
  })

  test('what a transcoder of our own throws or rejects', async () => {
    for (const onInboundMessage of [
      () => {
        throw new Error('on purpose')
      },
      () => Promise.reject(new Error('on purpose')),
    ]) {
      const socket = await open(() => ({ onInboundMessage, onOutboundMessage: () => null }))
      socket.send('hello')
      expect(await socket.closed).toEqual({ code: 1007, reason: 'malformed' })
      removeEndpoint('tried')
    }
    expect(onMessage).not.toHaveBeenCalled()
  })
})

test('a transcoder that does not even open closes its own socket with 1011', async () => {
  const socket = await open(() => {
    throw new Error('on purpose')
  })
  expect(await socket.closed).toEqual({ code: 1011, reason: 'internal' })
  expect(await (await openSocket(server, 'time')).next()).toEqual(expect.any(String))
})

describe('the other kind of frame is closed with 1003:', () => {
  test.each<[string, OpenTranscoder | undefined, string | Buffer]>([
    ['binary as text', undefined, Buffer.from('hello')],
    ['binary as JSON', json(order), Buffer.from('{"id":7}')],
    ['text as MessagePack', messagePack(order), 'hello'],
  ])('%s', async (_, transcoder, message) => {
    const socket = await open(transcoder)
    socket.send(message)
    expect(await socket.closed).toEqual({ code: 1003, reason: 'malformed' })
    expect(onMessage).not.toHaveBeenCalled()
  })
})

test('a message that is dropped inbound is not handled, and those around it keep their order', async () => {
  let slow = true
  const socket = await open(() => ({
    async onInboundMessage(frame) {
      // The first takes longest.
      if (slow) await new Promise((resolve) => setTimeout(resolve, 50))
      slow = false
      return frame === 'drop' ? null : frame
    },
    onOutboundMessage: (message) => String(message),
  }))
  for (const message of ['one', 'drop', 'two', 'three']) socket.send(message)
  expect([await socket.next(), await socket.next(), await socket.next()]).toEqual(['one', 'two', 'three'])
  expect(onMessage).toHaveBeenCalledTimes(3)
  socket.ws.terminate()
})

test('text goes as it stands, and anything else out as JSON', async () => {
  const socket = await open()
  socket.send('hello')
  expect(await socket.next()).toBe('hello')
  onMessage.mockImplementation((_, connection) => void connection.send({ a: [1, null] }))
  socket.send('again')
  expect(await socket.next()).toBe('{"a":[1,null]}')
  socket.ws.terminate()
})

test('JSON is parsed by its schema, defaults and all', async () => {
  const socket = await open(json(order))
  socket.send('{"id":7,"more":1}')
  expect(JSON.parse(String(await socket.next()))).toEqual({ id: 7, note: 'none' })
  socket.ws.terminate()
})

test('MessagePack is parsed by its schema, and goes out without extensions of ours', async () => {
  const socket = await open(messagePack(order))
  socket.send(pack({ id: 7, note: 'héllo' }))
  const answer = await socket.next()
  // By the specification: a map of two, "id", 7, "note", a text of six bytes.
  expect(answer).toEqual(Buffer.from('82a26964 07 a46e6f7465 a668c3a96c6c6f'.replaceAll(' ', ''), 'hex'))
  socket.ws.terminate()
})

test('no key of MessagePack reaches the prototype of objects', async () => {
  const socket = await open(messagePack(z.looseObject({})))
  socket.send(Buffer.from('81a95f5f70726f746f5f5f81a8706f6c6c75746564c3', 'hex'))
  expect(unpack(Buffer.from(await socket.next()))).not.toHaveProperty('polluted')
  expect({}).not.toHaveProperty('polluted')
  socket.ws.terminate()
})

test('random bytes close their own socket, if anything', async () => {
  const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
  process.stdout.write(`SEED=${seed}\n`)
  const socket = await open(messagePack(order))
  for (const bytes of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 64 }), { seed, numRuns: 150 })) {
    const tried = await openSocket(server, 'tried')
    tried.send(Buffer.from(bytes))
    tried.send(pack({ id: 1 }))
    await tried.closed
  }
  socket.send(pack({ id: 7 }))
  expect(unpack(Buffer.from(await socket.next()))).toEqual({ id: 7, note: 'none' })
  socket.ws.terminate()
})
