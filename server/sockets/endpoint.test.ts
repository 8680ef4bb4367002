import { PassThrough } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { container, fillContainer } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { defineEndpoint, type Endpoint } from './endpoint'
import { addEndpoint, listEndpoints, removeEndpoint } from './endpoints'
import type { Handler } from './handler'
import type { SocketConnection } from './socket-connection'
import { openSocket, refusalOf } from './test-client'

type TextHandler = Handler<SocketConnection<string>, string>

let server: TestServer
let ben: Visitor
const log = new PassThrough().setEncoding('utf8')

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
  fillContainer({ ...container(), log: pino({ level: 'info' }, log) })
})
afterAll(() => server.stop())
afterEach(() => void removeEndpoint('tried'))

const serve = (handler: TextHandler, more: Partial<Endpoint> = {}) =>
  addEndpoint('tried', { description: 'For a test.', handler, ...more })
const open = () => openSocket(server, 'tried', ben)

describe('registration', () => {
  test('throws for a reserved name, a taken one, and what is no endpoint, and serves nothing of it', async () => {
    expect(() => addEndpoint('/xas', { description: 'a', handler: {} })).toThrow('Endpoint "xas"')
    expect(() => addEndpoint('my-endpoint', { description: 'a', handler: {} })).toThrow(
      'Endpoint "my-endpoint": the name is taken.',
    )
    expect(() => addEndpoint('tried', { description: '', handler: {} })).toThrow(
      'Endpoint "tried" declares no endpoint',
    )
    expect(await refusalOf(server, 'tried', ben)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  test('an endpoint that was removed is no more: its sockets are closed with 1001, and its name is free', async () => {
    serve({ onMessage: (message, connection) => void connection.send(`one ${message}`) })
    const socket = await open()
    const other = await openSocket(server, 'my-endpoint', ben)
    expect(removeEndpoint('/tried')).toBe(true)
    expect(await socket.closed).toEqual({ code: 1001, reason: 'removed' })
    expect(removeEndpoint('tried')).toBe(false)
    expect(await refusalOf(server, 'tried', ben)).toMatchObject({ status: 404 })
    serve({ onMessage: (message, connection) => void connection.send(`two ${message}`) })
    const again = await open()
    again.send('hello')
    expect(await again.next()).toBe('two hello')
    expect(other.ws.readyState).toBe(other.ws.OPEN)
  })

  test('is listed with its path, and who may open it', () => {
    addEndpoint('tried', { description: 'For programs.', handler: {}, authenticate: 'api-key', scope: 'orders' })
    expect(listEndpoints()).toContainEqual({
      endpoint: 'tried',
      description: 'For programs.',
      path: '/ws/tried',
      authenticate: 'api-key',
      scope: 'orders',
      speaks: 'text',
      maxMessageBytes: 65_536,
    })
    expect(listEndpoints()).toContainEqual(
      expect.objectContaining({ endpoint: 'my-endpoint', authenticate: 'session' }),
    )
  })
})

describe('what a callback throws is logged, told to onError, and closes its own socket with 1011:', () => {
  const fail = {
    throws: () => {
      throw new Error('on purpose')
    },
    rejects: async () => {
      await turn()
      throw new Error('on purpose')
    },
  }

  test.each([
    ['onOpen', 'throws'],
    ['onOpen', 'rejects'],
    ['onMessage', 'throws'],
    ['onMessage', 'rejects'],
  ] as const)('%s %s', async (callback, how) => {
    const onError = vi.fn()
    const onClose = vi.fn()
    let failing = false
    serve({
      onError,
      onClose,
      [callback]: async (...told: [string, SocketConnection] | [SocketConnection]) => {
        if (failing) return fail[how]()
        const [message, connection] = told
        if (connection) await connection.send(`echo ${message}`)
      },
    })
    const neighbour = await open()
    failing = true
    const socket = await open()
    if (callback === 'onMessage') socket.send('hello')
    expect(await socket.closed).toEqual({ code: 1011, reason: 'internal' })
    await eventually(() => expect(onClose).toHaveBeenCalledWith(1011, 'internal', expect.anything()))
    expect(onError.mock.calls.map(([error]) => error.message)).toEqual(['on purpose'])
    expect(onClose).toHaveBeenCalledTimes(1)
    expect(log.read()).toMatch(/on purpose.*a handler failed/)

    failing = false
    neighbour.send('still there')
    if (callback === 'onMessage') expect(await neighbour.next()).toBe('echo still there')
    expect(neighbour.ws.readyState).toBe(neighbour.ws.OPEN)
  })

  test('onError too', async () => {
    const onClose = vi.fn()
    serve({ onMessage: fail.throws, onError: fail.rejects, onClose })
    const [socket, neighbour] = [await open(), await open()]
    socket.send('hello')
    expect(await socket.closed).toMatchObject({ code: 1011 })
    await eventually(() => expect(onClose).toHaveBeenCalledTimes(1))
    expect(neighbour.ws.readyState).toBe(neighbour.ws.OPEN)
  })

  test('onClose, where nothing is left to close', async () => {
    const onError = vi.fn()
    serve({ onClose: fail.rejects, onError })
    const [socket, neighbour] = [await open(), await open()]
    socket.ws.close(1000)
    await eventually(() => expect(onError).toHaveBeenCalledTimes(1))
    expect(neighbour.ws.readyState).toBe(neighbour.ws.OPEN)
  })

  test('even when it is no Error', async () => {
    const onError = vi.fn()
    serve({ onMessage: () => Promise.reject('a word'), onError })
    const socket = await open()
    socket.send('hello')
    expect(await socket.closed).toMatchObject({ code: 1011 })
    expect(onError).toHaveBeenCalledWith(expect.any(Error), expect.anything())
  })
})

describe('onClose is told', () => {
  const closeOf = async (end: (socket: Awaited<ReturnType<typeof open>>) => void) => {
    const onClose = vi.fn()
    serve({ onClose })
    const socket = await open()
    end(socket)
    await eventually(() => expect(onClose).toHaveBeenCalledTimes(1))
    return onClose.mock.calls[0]?.slice(0, 2)
  }

  test.each<[string, number, string, (socket: Awaited<ReturnType<typeof open>>) => void]>([
    ['the code and reason of the client', 4005, 'bye', ({ ws }) => ws.close(4005, 'bye')],
    ['1005 when it gave none', 1005, '', ({ ws }) => ws.close()],
    ['1006 when the line was cut', 1006, '', ({ ws }) => ws.terminate()],
  ])('%s', async (_, code, reason, end) => {
    expect(await closeOf(end)).toEqual([code, reason])
  })
})

describe('messages', () => {
  test('are handled one after the other, in the order they came, however long each takes', async () => {
    let running = 0
    const handled: string[] = []
    serve({
      async onOpen() {
        await turn()
        handled.push('open')
      },
      async onMessage(message) {
        expect(++running).toBe(1)
        for (let turns = Number(message) % 5; turns > 0; turns--) await turn()
        handled.push(message)
        running--
      },
      onClose: () => void handled.push('closed'),
    })
    const socket = await open()
    const sent = Array.from({ length: 200 }, (_, index) => String(index))
    for (const message of sent) socket.send(message)
    // What came before the client closed is handled before it is told.
    socket.ws.close()
    await eventually(() => expect(handled).toEqual(['open', ...sent, 'closed']))
  })

  test('that still wait when the handler closes the socket are dropped', async () => {
    const handled: string[] = []
    const onClose = vi.fn()
    serve({
      async onMessage(message, connection) {
        handled.push(message)
        await turn()
        connection.close(4000, 'enough')
      },
      onClose,
    })
    const socket = await open()
    for (const message of ['one', 'two', 'three']) socket.send(message)
    expect(await socket.closed).toEqual({ code: 4000, reason: 'enough' })
    await eventually(() => expect(onClose).toHaveBeenCalledWith(4000, 'enough', expect.anything()))
    expect(handled).toEqual(['one'])
  })

  test('wait at the client while a handler is slow, and all come in the end', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let handled = 0
    serve({
      async onMessage() {
        await held
        handled++
      },
    })
    const socket = await open()
    // More than the buffers of both systems hold.
    const messages = 1_000
    for (let count = 0; count < messages; count++) socket.send('x'.repeat(50_000))
    const waiting: number[] = []
    await eventually(() => {
      waiting.push(socket.ws.bufferedAmount)
      const last = waiting.slice(-6)
      expect(last).toHaveLength(6)
      expect(Math.min(...last)).toBeGreaterThan(1_000_000)
      expect(new Set(last).size).toBe(1)
    })
    expect(handled).toBe(0)
    release()
    await eventually(() => expect(handled).toBe(messages))
  })

  test('of one slow socket do not hold up another', async () => {
    serve({
      async onMessage(message, connection) {
        if (message === 'never ends') await new Promise(() => {})
        await connection.send(message)
      },
    })
    const [slow, quick] = [await open(), await open()]
    slow.send('never ends')
    quick.send('hello')
    expect(await quick.next()).toBe('hello')
    slow.ws.terminate()
  })
})

test('an endpoint with its own transcoder types its handler by it', async () => {
  const endpoint = defineEndpoint({
    endpoint: 'sum',
    description: 'Adds up.',
    transcoder: () => ({
      onInboundMessage: (frame) => Number(frame),
      onOutboundMessage: (sum: number) => String(sum),
    }),
    handler: { onMessage: (number, connection) => void connection.send(number + 1) },
  })
  addEndpoint('tried', endpoint)
  const socket = await open()
  socket.send('41')
  expect(await socket.next()).toBe('42')
})
