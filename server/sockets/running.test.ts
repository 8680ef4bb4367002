import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { addEndpoint } from './endpoints'
import type { Handler } from './handler'
import { getError, getMessage, getMethod, isOnClose, isOnError, isOnMessage, isOnOpen } from './running'
import type { SocketConnection } from './socket-connection'
import { openSocket } from './test-client'

let server: TestServer
const asked = { getError, getMessage, getMethod, isOnClose, isOnError, isOnMessage, isOnOpen }

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const serve = (name: string, handler: Handler<SocketConnection<string>, string>) =>
  addEndpoint(name, { description: 'For a test.', handler, authenticate: 'public' })

describe('throws', () => {
  test.each(Object.entries(asked))('%s outside of a handler', (_, ask) => {
    expect(() => ask()).toThrow('No handler is running')
  })

  test('in what a handler has left behind', async () => {
    const left: Promise<unknown>[] = []
    serve('left', {
      onMessage() {
        left.push(
          turn()
            .then(turn)
            .then(() => getMessage())
            .catch(String),
        )
      },
    })
    const socket = await openSocket(server, 'left')
    socket.send('hello')
    await eventually(() => expect(left).toHaveLength(1))
    expect(await left[0]).toContain('No handler is running')
    socket.ws.terminate()
  })

  test('for a message or an error where there is none', async () => {
    const thrown: unknown[] = []
    const tryBoth = () => {
      for (const ask of [getMessage, getError]) {
        try {
          ask()
        } catch (error) {
          thrown.push(`${getMethod()}: ${error}`)
        }
      }
    }
    serve('none', { onOpen: tryBoth, onMessage: tryBoth, onClose: tryBoth })
    const socket = await openSocket(server, 'none')
    socket.send('hello')
    socket.ws.close()
    await eventually(() => expect(thrown).toHaveLength(5))
    expect(thrown).toEqual([
      'onopen: Error: There is no message in onopen.',
      'onopen: Error: There is no error in onopen.',
      'onmessage: Error: There is no error in onmessage.',
      'onclose: Error: There is no message in onclose.',
      'onclose: Error: There is no error in onclose.',
    ])
  })
})

test('tells each callback which it is', async () => {
  const told: unknown[] = []
  const note = () => told.push([getMethod(), isOnOpen(), isOnMessage(), isOnError(), isOnClose()])
  serve('told', {
    onOpen: () => void note(),
    onMessage() {
      note()
      throw new Error('on purpose')
    },
    onError() {
      note()
      told.push(getError().message)
    },
    onClose: () => void note(),
  })
  const socket = await openSocket(server, 'told')
  socket.send('hello')
  await eventually(() => expect(told).toHaveLength(5))
  expect(told).toEqual([
    ['onopen', true, false, false, false],
    ['onmessage', false, true, false, false],
    ['onerror', false, false, true, false],
    'on purpose',
    ['onclose', false, false, false, true],
  ])
})

test('handlers that run side by side have each its own message, across what they await', async () => {
  serve('side', {
    async onMessage(message, connection) {
      for (let turns = 0; turns < 20; turns++) await turn()
      await connection.send(`${message} ${getMessage()}`)
    },
  })
  const sockets = await Promise.all(Array.from({ length: 10 }, () => openSocket(server, 'side')))
  for (const [index, socket] of sockets.entries()) socket.send(String(index))
  for (const [index, socket] of sockets.entries()) expect(await socket.next()).toBe(`${index} ${index}`)
  for (const { ws } of sockets) ws.terminate()
})
