import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { closerOf } from './close'

let server: Server
let close: () => Promise<void>
let port: number
let asked: Promise<[IncomingMessage, ServerResponse]>

beforeEach(async () => {
  server = createServer()
  close = closerOf(server)
  server.on('upgrade', (_, socket: Socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  port = (server.address() as AddressInfo).port
  asked = once(server, 'request') as typeof asked
})

test('an answer that was begun comes whole, and its kept-alive connection does not hold the server', async () => {
  const agent = new Agent({ keepAlive: true })
  const answered = once(get({ port, agent }), 'response') as Promise<[IncomingMessage]>
  const [, response] = await asked
  response.write('begun, ')
  const [message] = await answered
  const closed = close()
  response.end('ended')
  expect(await text(message)).toBe('begun, ended')
  const start = performance.now()
  await closed
  expect(performance.now() - start).toBeLessThan(900)
})

test('nobody who has nothing to say is waited for', async () => {
  const silent = connect(port, '127.0.0.1')
  await once(silent, 'connect')
  const asleep = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  asleep.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  await once(asleep, 'data')
  for (const socket of [silent, asleep]) socket.on('error', () => {}).resume()
  const start = performance.now()
  await close()
  expect(performance.now() - start).toBeLessThan(4_000)
  asleep.destroy()
})

test('a server that never listened closes too', async () => {
  await closerOf(createServer())()
})
