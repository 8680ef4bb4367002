import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { container } from '#server/container'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { addEndpoint } from './endpoints'
import type { SocketConnection } from './socket-connection'
import { closePayload, frame, opcodes, RawClient } from './test-frames'
import type { Frame } from './transcoder'

const { continuation, text, binary, close, ping, pong } = opcodes
const limit = 65_536

let server: TestServer
let client: RawClient
let connections: SocketConnection[]
const onMessage = vi.fn()
const onClose = vi.fn()

beforeAll(async () => {
  server = await startTestServer()
  addEndpoint('bytes', {
    description: 'Says what it is told.',
    authenticate: 'public',
    transcoder: () => ({
      onInboundMessage: (frame) => frame,
      onOutboundMessage: (frame: Frame) => frame,
    }),
    handler: {
      onOpen: (connection) => void connections.push(connection),
      async onMessage(message: Frame, connection) {
        onMessage(message)
        await connection.send(message)
      },
      onClose,
    },
  })
})
afterAll(() => server.stop())
beforeEach(async () => {
  connections = []
  vi.resetAllMocks()
  client = await RawClient.open(server.url, 'bytes')
})
afterEach(async () => {
  client.socket.destroy()
  await eventually(() => expect(container().sockets.served.open()).toEqual([]))
})

const bytes = (...values: number[]) => Buffer.from(values)
/** Every one of them is no UTF-8: cut short, overlong, half a surrogate pair, beyond Unicode, no beginning. */
const invalidText = [
  bytes(0xc3),
  bytes(0xc0, 0xaf),
  bytes(0xe0, 0x80, 0xaf),
  bytes(0xed, 0xa0, 0x80),
  bytes(0xf4, 0x90, 0x80, 0x80),
  bytes(0x80),
  bytes(0x68, 0xff),
]

describe('closed with 1002, a breach of the protocol:', () => {
  test.each<[string, Buffer[]]>([
    ['an unmasked frame (5.1)', [frame({ opcode: text, payload: 'hello', masked: false })]],
    ['an unmasked empty frame', [frame({ opcode: text, masked: false })]],
    [
      'the first reserved bit (5.2), no extension having been agreed',
      [frame({ opcode: text, reserved: 4, payload: 'x' })],
    ],
    ['the second', [frame({ opcode: text, reserved: 2, payload: 'x' })]],
    ['the third', [frame({ opcode: text, reserved: 1, payload: 'x' })]],
    ['a reserved bit of a ping', [frame({ opcode: ping, reserved: 4 })]],
    ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, Buffer[]] => [
      `the reserved opcode ${opcode} (5.2)`,
      [frame({ opcode, payload: 'x' })],
    ]),
    ['a continuation of nothing (5.4)', [frame({ opcode: continuation, payload: 'x' })]],
    ['a first frame that continues nothing', [frame({ opcode: continuation, payload: 'x', fin: false })]],
    [
      'a new message in the middle of one (5.4)',
      [frame({ opcode: text, payload: 'x', fin: false }), frame({ opcode: text, payload: 'y' })],
    ],
    ['a ping in fragments (5.5)', [frame({ opcode: ping, payload: 'x', fin: false })]],
    ['a close in fragments (5.5)', [frame({ opcode: close, fin: false })]],
    ['a ping of 126 bytes (5.5)', [frame({ opcode: ping, payload: 'x'.repeat(126) })]],
    ['a close frame of one byte (5.5.1)', [frame({ opcode: close, payload: bytes(3) })]],
    ...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2999, 5000, 65_535].map((code): [string, Buffer[]] => [
      `a close code that may not be sent, ${code} (7.4)`,
      [frame({ opcode: close, payload: closePayload(code) })],
    ]),
  ])('%s', async (_, sent) => {
    client.write(...sent)
    expect(await client.closeCode()).toBe(1002)
    await eventually(() => expect(onClose).toHaveBeenCalledWith(1002, '', expect.anything()))
    expect(onMessage).not.toHaveBeenCalled()
  })
})

describe('closed with 1007, text that is no UTF-8 (8.1):', () => {
  test.each(invalidText.map((payload) => [payload.toString('hex'), payload]))('%s', async (_, payload) => {
    client.write(frame({ opcode: text, payload }))
    expect(await client.closeCode()).toBe(1007)
    expect(onMessage).not.toHaveBeenCalled()
  })

  test('over two fragments, each of which could be right', async () => {
    client.write(frame({ opcode: text, payload: bytes(0xf0, 0x9f), fin: false }))
    client.write(frame({ opcode: continuation, payload: bytes(0x98) }))
    expect(await client.closeCode()).toBe(1007)
    expect(onMessage).not.toHaveBeenCalled()
  })

  test('in the reason of a close frame (5.5.1)', async () => {
    client.write(frame({ opcode: close, payload: closePayload(1000, bytes(0xff)) }))
    expect(await client.closeCode()).toBe(1007)
  })
})

describe('closed with 1009, too big:', () => {
  test.each<[string, Buffer[]]>([
    ['one byte more than may be', [frame({ opcode: binary, payload: Buffer.alloc(limit + 1) })]],
    ['a length alone, before a byte of it has come', [frame({ opcode: binary, length: BigInt(limit + 1) })]],
    ['a length that no number holds', [frame({ opcode: binary, length: 2n ** 62n })]],
    ['a negative length', [frame({ opcode: binary, length: 2n ** 63n })]],
    [
      'fragments that come to too much',
      [
        frame({ opcode: binary, payload: Buffer.alloc(limit), fin: false }),
        frame({ opcode: continuation, payload: Buffer.alloc(1) }),
      ],
    ],
  ])('%s', async (_, sent) => {
    client.write(...sent)
    expect(await client.closeCode()).toBe(1009)
    await eventually(() => expect(onClose).toHaveBeenCalledWith(1009, '', expect.anything()))
    expect(onMessage).not.toHaveBeenCalled()
  })
})

test('closed with 1008: more fragments than a message may have', async () => {
  client.write(frame({ opcode: binary, fin: false }))
  const fragment = frame({ opcode: continuation, fin: false, payload: 'x' })
  client.write(Buffer.concat(Array.from({ length: 17_000 }, () => fragment)))
  expect(await client.closeCode()).toBe(1008)
  expect(onMessage).not.toHaveBeenCalled()
})

test('random bytes end their own line, if anything', async () => {
  const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
  process.stdout.write(`SEED=${seed}\n`)
  for (const random of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 200 }), { seed, numRuns: 100 })) {
    const tried = await RawClient.open(server.url, 'bytes')
    tried.write(Buffer.from(random), frame({ opcode: text, payload: 'x', masked: false }))
    tried.socket.end()
    while (await tried.next());
  }
  client.write(frame({ opcode: text, payload: 'still there' }))
  expect(await client.next()).toMatchObject({ payload: Buffer.from('still there') })
  client.socket.destroy()
})

test('one that breaks the protocol disturbs no other', async () => {
  const other = await RawClient.open(server.url, 'bytes')
  client.write(frame({ opcode: text, payload: 'x', masked: false }))
  expect(await client.closeCode()).toBe(1002)
  client.socket.destroy()
  await eventually(() => expect(onClose).toHaveBeenCalledTimes(1))
  other.write(frame({ opcode: text, payload: 'hello' }))
  expect(await other.next()).toEqual({ fin: true, opcode: text, payload: Buffer.from('hello') })
  other.socket.destroy()
  await eventually(() => expect(onClose).toHaveBeenCalledTimes(2))
})

describe('messages', () => {
  test.each([0, 1, 125, 126, 127, 65_535, limit])('of %d bytes come and go whole', async (length) => {
    const payload = Buffer.alloc(length, 'x')
    client.write(frame({ opcode: binary, payload }))
    const received = await client.next()
    expect(received).toMatchObject({ fin: true, opcode: binary })
    expect(received?.payload.equals(payload)).toBe(true)
  })

  test('in fragments, empty ones among them, are one message (5.4)', async () => {
    client.write(
      frame({ opcode: text, payload: 'one ', fin: false }),
      frame({ opcode: continuation, fin: false }),
      frame({ opcode: continuation, payload: 'two ', fin: false }),
      frame({ opcode: continuation, payload: 'three' }),
    )
    expect(await client.next()).toEqual({ fin: true, opcode: text, payload: Buffer.from('one two three') })
    expect(onMessage).toHaveBeenCalledTimes(1)
  })

  test('of which a character is spread over fragments are text all the same', async () => {
    const smile = Buffer.from('😀')
    client.write(
      frame({ opcode: text, payload: smile.subarray(0, 1), fin: false }),
      frame({ opcode: continuation, payload: smile.subarray(1, 3), fin: false }),
      frame({ opcode: continuation, payload: smile.subarray(3) }),
    )
    expect(await client.next()).toMatchObject({ payload: smile })
  })

  test('arrive in order when many come at once, and when each byte comes alone', async () => {
    const sent = Array.from({ length: 50 }, (_, index) => frame({ opcode: text, payload: `message ${index}` }))
    client.write(...sent.slice(0, 49))
    for (const byte of sent[49] ?? []) {
      client.write(bytes(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (let index = 0; index < 50; index++) expect(String((await client.next())?.payload)).toBe(`message ${index}`)
  })
})

describe('a ping (5.5.2)', () => {
  test('in the middle of a fragmented message is answered at once, and the message comes whole', async () => {
    client.write(
      frame({ opcode: text, payload: 'one ', fin: false }),
      frame({ opcode: ping, payload: 'are you there?' }),
    )
    expect(await client.next()).toEqual({ fin: true, opcode: pong, payload: Buffer.from('are you there?') })
    expect(onMessage).not.toHaveBeenCalled()
    client.write(frame({ opcode: continuation, payload: 'two' }))
    expect(await client.next()).toMatchObject({ payload: Buffer.from('one two') })
  })

  test.each([0, 125])('of %d bytes comes back as it was', async (length) => {
    const payload = Buffer.alloc(length, 7)
    client.write(frame({ opcode: ping, payload }))
    expect(await client.next()).toEqual({ fin: true, opcode: pong, payload })
  })

  test('is none of the handler’s business, nor is a pong that nobody asked for', async () => {
    client.write(frame({ opcode: pong, payload: 'x' }), frame({ opcode: ping }), frame({ opcode: text, payload: 'x' }))
    expect(await client.next()).toMatchObject({ opcode: pong })
    expect(await client.next()).toMatchObject({ opcode: text })
    expect(onMessage).toHaveBeenCalledTimes(1)
  })

  test('of ours carries what the other side must give back', async () => {
    container().sockets.served.beat()
    expect(await client.next()).toMatchObject({ fin: true, opcode: ping })
  })
})

describe('closing (7.1)', () => {
  test.each([1000, 1001, 1002, 1003, 1007, 1011, 3000, 4999])(
    'the code %d comes back, and the server hangs up',
    async (code) => {
      client.write(frame({ opcode: close, payload: closePayload(code, 'bye') }))
      expect(await client.next()).toEqual({ fin: true, opcode: close, payload: closePayload(code, 'bye') })
      expect(await client.next()).toBeUndefined()
      await eventually(() => expect(onClose).toHaveBeenCalledWith(code, 'bye', connections[0]))
    },
  )

  test('without a code is answered without one, and the handler is told 1005', async () => {
    client.write(frame({ opcode: close }))
    expect(await client.closeCode()).toBe(1005)
    await eventually(() => expect(onClose).toHaveBeenCalledWith(1005, '', connections[0]))
  })

  test('what comes after a close frame is nothing', async () => {
    client.write(frame({ opcode: close, payload: closePayload(1000) }), frame({ opcode: text, payload: 'more' }))
    expect(await client.closeCode()).toBe(1000)
    await eventually(() => expect(onClose).toHaveBeenCalled())
    expect(onMessage).not.toHaveBeenCalled()
  })

  test('a line whose other half is closed without a word ends with 1006', async () => {
    client.socket.end()
    await eventually(() => expect(onClose).toHaveBeenCalledWith(1006, '', connections[0]))
    expect(await client.next()).toBeUndefined()
  })

  test('in the middle of a frame, too', async () => {
    client.write(frame({ opcode: text, payload: 'hello' }).subarray(0, 8))
    client.socket.end()
    await eventually(() => expect(onClose).toHaveBeenCalledWith(1006, '', connections[0]))
    expect(onMessage).not.toHaveBeenCalled()
  })

  test('is held up neither by a client that keeps its half of the connection, nor by one that never confirms', async () => {
    const half = await RawClient.open(server.url, 'bytes', { allowHalfOpen: true })
    half.write(frame({ opcode: close, payload: closePayload(1000) }))
    connections[0]?.close(4000, 'enough')
    client.write(frame({ opcode: text, payload: 'and another thing' }))
    expect(await client.next()).toEqual({ fin: true, opcode: close, payload: closePayload(4000, 'enough') })
    await eventually(() => expect(onClose).toHaveBeenCalledTimes(2))
    expect(onClose).toHaveBeenCalledWith(1000, '', connections[1])
    expect(onClose).toHaveBeenCalledWith(4000, 'enough', connections[0])
    expect(onMessage).not.toHaveBeenCalled()
  })
})
