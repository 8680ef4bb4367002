import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, type Mock, test, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { ClientState } from '#channels/outbound'
import { addEndpoint } from '#server/sockets/endpoints'
import { getMessage, getMethod } from '#server/sockets/running'
import { openSocket } from '#server/sockets/test-client'
import { json } from '#server/sockets/transcoders/json'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { createWebsocket, getClient, getClientByHandler, getClients } from './clients'
import type { WebsocketClient } from './websocket-client'

let server: TestServer
let self: string
/** Another server, which knows nothing of us, and which we may reach. */
let other: Server
let otherUrl: string
let peers: WebSocket[]
let accept: (peer: WebSocket) => void
let answer: (() => { status: number; headers: string }) | undefined

const quick = { backOff: { first: 10, longest: 40 } }
let handler: Record<'onOpen' | 'onMessage' | 'onError' | 'onClose', Mock>

beforeAll(async () => {
  other = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  other.on('upgrade', (request, socket, head) => {
    const refused = answer?.()
    if (refused) return void socket.end(`HTTP/1.1 ${refused.status} No\r\n${refused.headers}Content-Length: 0\r\n\r\n`)
    sockets.handleUpgrade(request, socket, head, (peer) => {
      peers.push(peer)
      accept(peer)
    })
  })
  await once(other.listen(0, '127.0.0.1'), 'listening')
  const { port } = other.address() as AddressInfo
  otherUrl = `ws://localhost:${port}`
  server = await startTestServer({ settings: { OUTBOUND_ALLOW: `localhost:${port}` } })
  self = server.url.replace('http', 'ws')
  addEndpoint('open', {
    description: 'Says what it is told.',
    authenticate: 'public',
    handler: { onMessage: (message, connection) => void connection.send(message) },
  })
})
afterAll(async () => {
  await server.stop()
  other.close()
})
beforeEach(() => {
  peers = []
  accept = () => {}
  answer = undefined
  // A new one each time: what is closed in the end is still told to the old.
  handler = { onOpen: vi.fn(), onMessage: vi.fn(), onError: vi.fn(), onClose: vi.fn() }
})
afterEach(() => {
  for (const { id } of getClients()) getClient(id)?.close()
  for (const peer of peers) peer.terminate()
})

function reached(client: WebsocketClient, state: ClientState): Promise<void> {
  return eventually(() => expect(client.status.state).toBe(state))
}

describe('refused', () => {
  test('what is no address, and what it may not lead to: nothing is created', () => {
    for (const [uri, code] of [
      ['http://localhost', 'invalid'],
      ['ws://169.254.169.254/latest/meta-data', 'forbidden'],
      ['ws://127.0.0.1:22', 'forbidden'],
    ] as const) {
      expect(() => createWebsocket(uri, handler)).toThrow(expect.objectContaining({ code }))
    }
    expect(getClients()).toEqual([])
  })

  test('a name that leads to such an address, for good, once it is resolved', async () => {
    const client = createWebsocket('ws://localhost:22', handler, quick)
    const waiting = client.send('never said')
    await reached(client, 'refused')
    expect(client.status.problem).toContain('OUTBOUND_ALLOW')
    expect(await waiting).toBe(false)
    expect(await client.send('nor this')).toBe(false)
    expect(handler.onError).toHaveBeenCalledTimes(1)
    expect(handler.onOpen).not.toHaveBeenCalled()
  })

  test('and closed then, it is on no list any more', async () => {
    const client = createWebsocket('ws://localhost:22', handler, quick)
    await reached(client, 'refused')
    expect(getClients()).toMatchObject([{ id: client.id, state: 'refused' }])
    client.close()
    expect(getClients()).toEqual([])
  })

  test.each([401, 403])('by the other side, for good, with %d', async (status) => {
    const asked = vi.fn(() => ({ status, headers: '' }))
    answer = asked
    const client = createWebsocket(otherUrl, handler, quick)
    await reached(client, 'refused')
    expect(client.status.problem).toContain(String(status))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(asked).toHaveBeenCalledTimes(1)
  })

  test.each([1008, 4001])('by the other side, for good, with the close code %d', async (code) => {
    accept = (peer) => peer.close(code)
    const client = createWebsocket(otherUrl, handler, quick)
    await reached(client, 'refused')
    expect(handler.onClose).toHaveBeenCalledWith(code, '', client)
    expect(peers).toHaveLength(1)
  })

  test('a redirect, even to where it may lead', async () => {
    answer = () => ({ status: 302, headers: `Location: ${self}/ws/open\r\n` })
    const client = createWebsocket(otherUrl, handler, quick)
    await reached(client, 'waiting')
    expect(client.status.problem).toContain('302')
    expect(handler.onOpen).not.toHaveBeenCalled()
  })

  test('more than a hundred', () => {
    for (let count = 0; count < 100; count++) createWebsocket(`${self}/ws/open`, {})
    expect(() => createWebsocket(`${self}/ws/open`, {})).toThrow(expect.objectContaining({ code: 'unavailable' }))
  })

  test('a close code that may not be sent', async () => {
    const client = createWebsocket(`${self}/ws/open`, handler)
    expect(() => client.close(1006)).toThrow(RangeError)
    await reached(client, 'open')
  })
})

describe('document 002', () => {
  test('createWebsocket, send, getClientByHandler, close', async () => {
    const told: unknown[] = []
    handler.onOpen.mockImplementation(() => told.push(getMethod()))
    handler.onMessage.mockImplementation((message) => told.push([getMethod(), message, getMessage()]))
    handler.onClose.mockImplementation(() => told.push(getMethod()))
    const websocket = createWebsocket(`${self}/ws/open`, handler)
    void websocket.send('hello')
    await eventually(() => expect(told).toHaveLength(2))
    getClientByHandler(handler)?.close()
    await eventually(() => expect(told).toHaveLength(3))
    expect(told).toEqual(['onopen', ['onmessage', 'hello', 'hello'], 'onclose'])
    expect(handler.onError).not.toHaveBeenCalled()
  })

  test('null when unknown, and once it is closed', async () => {
    expect(getClient('nobody')).toBeNull()
    expect(getClientByHandler(handler)).toBeNull()
    const client = createWebsocket(`${self}/ws/open?token=secret`, handler)
    const another = createWebsocket(`${self}/ws/open`, {})
    expect(getClient(client.id)).toBe(client)
    expect(getClientByHandler(handler)).toBe(client)
    expect(getClients()).toMatchObject([
      { id: client.id, uri: `${self}/ws/open`, state: 'connecting' },
      { id: another.id },
    ])
    client.close()
    expect(getClient(client.id)).toBeNull()
    expect(getClientByHandler(handler)).toBeNull()
    expect(getClients().map(({ id }) => id)).toEqual([another.id])
  })

  test('one handler serves an endpoint and an outbound socket', async () => {
    const heard: string[] = []
    const both = {
      async onMessage(message: string, peer: { send(message: string): Promise<boolean> }) {
        heard.push(message)
        if (message.length < 4) await peer.send(`${message}.`)
      },
    }
    addEndpoint('both', { description: 'For a test.', authenticate: 'public', handler: both })
    const client = createWebsocket(`${self}/ws/both`, both)
    await client.send('x')
    await eventually(() => expect(heard).toEqual(['x', 'x.', 'x..', 'x...']))
  })
})

describe('a line that is cut', () => {
  test('comes back by itself, and what was sent meanwhile is said in its order', async () => {
    const received: string[] = []
    accept = (peer) => peer.on('message', (data) => received.push(String(data)))
    const client = createWebsocket(otherUrl, handler, quick)
    const states: ClientState[] = []
    client.subscribe(({ state }) => states.push(state))
    await reached(client, 'open')
    answer = () => ({ status: 503, headers: '' })
    peers[0]?.terminate()
    await reached(client, 'waiting')
    const sent = ['one', 'two', 'three'].map((message) => client.send(message))
    expect(client.queued).toBe(3)
    await eventually(() => expect(client.status.failures).toBeGreaterThan(2))
    answer = undefined
    expect(await Promise.all(sent)).toEqual([true, true, true])
    await eventually(() => expect(received).toEqual(['one', 'two', 'three']))
    expect(client.status).toMatchObject({ state: 'open', opened: 2, failures: 0, problem: null, retryAt: null })
    expect(states.slice(0, 4)).toEqual(['open', 'waiting', 'connecting', 'waiting'])
    expect(handler.onOpen).toHaveBeenCalledTimes(2)
    expect(handler.onClose.mock.calls.map(([code]) => code)).toEqual([1006])
  })

  test('keeps no more messages than it may', async () => {
    answer = () => ({ status: 503, headers: '' })
    const client = createWebsocket(otherUrl, handler, { ...quick, queue: 2 })
    const sent = [client.send('one'), client.send('two'), client.send('three')]
    expect(await sent[2]).toBe(false)
    expect(client.queued).toBe(2)
    client.close()
    expect(await Promise.all(sent)).toEqual([false, false, false])
  })

  test('is given up by close, in whichever state', async () => {
    answer = () => ({ status: 503, headers: '' })
    const waiting = createWebsocket(otherUrl, handler, quick)
    await reached(waiting, 'waiting')
    waiting.close()
    const connecting = createWebsocket(otherUrl, handler, quick)
    connecting.close()
    answer = undefined
    const open = createWebsocket(otherUrl, handler, quick)
    await reached(open, 'open')
    const closed = new Promise((resolve) => peers[0]?.once('close', (code, reason) => resolve([code, String(reason)])))
    open.close(4007, 'enough')
    expect(await closed).toEqual([4007, 'enough'])
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(peers).toHaveLength(1)
    expect([waiting, connecting, open].map(({ status }) => status.state)).toEqual(['closed', 'closed', 'closed'])
    expect(await open.send('too late')).toBe(false)
  })

  test('is found out by the ping when nothing says so', async () => {
    accept = (peer) => peer.pause()
    const client = createWebsocket(otherUrl, handler, { ...quick, pingEvery: 50 })
    await eventually(() => expect(client.status.opened).toBeGreaterThan(1))
    expect(handler.onClose).toHaveBeenCalledWith(1006, '', client)
  })

  test('one that is answered stays, however quiet it is', async () => {
    const client = createWebsocket(otherUrl, handler, { ...quick, pingEvery: 20 })
    await reached(client, 'open')
    const pings = vi.fn()
    peers[0]?.on('ping', pings)
    await eventually(() => expect(pings.mock.calls.length).toBeGreaterThan(5))
    expect(client.status).toMatchObject({ state: 'open', opened: 1 })
  })

  test('at once each time is not tried ever more often', async () => {
    accept = (peer) => peer.terminate()
    const client = createWebsocket(otherUrl, handler, { backOff: { first: 20, longest: 10_000 } })
    await eventually(() => expect(client.status.failures).toBe(5))
    expect((client.status.retryAt ?? 0) - client.status.since).toBeGreaterThanOrEqual(160)
  })
})

describe('what the handler throws', () => {
  test('closes this line with 1011, is told to onError, and the line comes back', async () => {
    handler.onMessage.mockRejectedValue(new Error('on purpose'))
    const client = createWebsocket(otherUrl, handler, quick)
    await reached(client, 'open')
    const closed = new Promise((resolve) => peers[0]?.once('close', resolve))
    peers[0]?.send('hello')
    expect(await closed).toBe(1011)
    expect(handler.onError.mock.calls.map(([error]) => error.message)).toEqual(['on purpose'])
    await eventually(() => expect(client.status.opened).toBe(2))
  })

  test('in onError, for a try that failed, is no end of it', async () => {
    handler.onError.mockRejectedValueOnce(new Error('on purpose'))
    answer = () => ({ status: 503, headers: '' })
    const client = createWebsocket(otherUrl, handler, quick)
    await eventually(() => expect(client.status.failures).toBeGreaterThan(1))
  })

  test('a listener of the status neither', async () => {
    const client = createWebsocket(otherUrl, handler, quick)
    client.subscribe(() => {
      throw new Error('on purpose')
    })
    await reached(client, 'open')
  })
})

test('the handler hears of one line after the other, however slow it is', async () => {
  const told: string[] = []
  handler.onOpen.mockImplementation(() => told.push('open'))
  handler.onClose.mockImplementation(async () => {
    await new Promise((resolve) => setTimeout(resolve, 150))
    told.push('closed')
  })
  const client = createWebsocket(otherUrl, handler, quick)
  await reached(client, 'open')
  peers[0]?.terminate()
  await eventually(() => expect(told).toEqual(['open', 'closed', 'open']))
})

test('messages pass a transcoder, and what it cannot read closes with 1007', async () => {
  const quote = z.object({ symbol: z.string(), price: z.number() })
  const client = createWebsocket(otherUrl, handler, { ...quick, transcoder: json(quote), protocols: ['quotes'] })
  await reached(client, 'open')
  const [peer] = peers
  const said = new Promise((resolve) => peer?.once('message', (data) => resolve(JSON.parse(String(data)))))
  await client.send({ watch: ['ACME'] })
  expect(await said).toEqual({ watch: ['ACME'] })
  expect(peer?.protocol).toBe('quotes')
  peer?.send('{"symbol":"ACME","price":1.5}')
  await eventually(() => expect(handler.onMessage).toHaveBeenCalledWith({ symbol: 'ACME', price: 1.5 }, client))
  const closed = new Promise((resolve) => peer?.once('close', resolve))
  peer?.send('{}')
  expect(await closed).toBe(1007)
})

test('a transcoder that does not even open ends the client', async () => {
  const transcoder = () => {
    throw new Error('on purpose')
  }
  const client = createWebsocket(otherUrl, handler, { ...quick, transcoder })
  await reached(client, 'refused')
  expect(await client.send('hello')).toBe(false)
})

test('an inbound socket is no outbound one', async () => {
  addEndpoint('open-again', { description: 'For a test.', authenticate: 'public', handler })
  const socket = await openSocket(server, 'open-again')
  await eventually(() => expect(handler.onOpen).toHaveBeenCalledTimes(1))
  expect(getClientByHandler(handler)).toBeNull()
  socket.ws.terminate()
})
