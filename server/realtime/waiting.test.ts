import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server as Engine, type Socket } from 'engine.io'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { eventually } from '#server/test-wait'
import { Waiting } from './waiting'

const http = createServer()
const engine = new Engine({ transports: ['websocket'] })
engine.attach(http)
beforeAll(() => once(http.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => http.close())

/** A line of which one end is counted, and the other may stop to read. */
async function open() {
  const { port } = http.address() as AddressInfo
  const reader = new WebSocket(`ws://127.0.0.1:${port}/engine.io/?EIO=4&transport=websocket`)
  const [conn]: [Socket] = await new Promise((resolve) =>
    engine.once('connection', (...args: [Socket]) => resolve(args)),
  )
  await once(reader, 'message')
  const calls = { grown: vi.fn(), shrunk: vi.fn() }
  return { reader, conn, ...calls, waiting: new Waiting(conn, calls) }
}

const megabyte = 1_000_000

test('what the operating system has not taken counts as well as what is still held back, and nothing when it is read', async () => {
  const { reader, conn, waiting, grown, shrunk } = await open()
  reader.pause()
  conn.send('x'.repeat(32 * megabyte))
  expect(grown).toHaveBeenCalledTimes(1)
  expect(waiting.bytes).toBeGreaterThan(20 * megabyte)
  const written = waiting.bytes
  conn.send('é'.repeat(megabyte))
  conn.send('x'.repeat(megabyte))
  expect(waiting.bytes - written).toBe(3 * megabyte)
  expect(shrunk).not.toHaveBeenCalled()
  reader.resume()
  await eventually(() => expect(waiting.bytes).toBe(0))
  expect(shrunk).toHaveBeenCalledTimes(2)
  reader.close()
})

test('the largest packet is no backlog, whether it is held back or being written; the others are', async () => {
  const { reader, conn, waiting } = await open()
  reader.pause()
  conn.send('x'.repeat(32 * megabyte))
  expect(waiting.backlog).toBeLessThan(megabyte)
  conn.send('x'.repeat(2 * megabyte))
  conn.send('x'.repeat(2 * megabyte))
  expect(waiting.bytes - waiting.backlog).toBe(32 * megabyte)
  reader.resume()
  await eventually(() => expect(waiting.bytes).toBe(0))
  expect(waiting.backlog).toBe(0)
  reader.close()
})
