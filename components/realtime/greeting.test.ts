import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { until } from '#server/test-wait'
import { Connection } from './connection'

// A line that is greeted twice is closed as malformed, and with it the tab for good.

let server: TestServer
let ben: Visitor
let connection: Connection
beforeAll(async () => {
  server = await startTestServer({ channels: [] })
  ben = await server.signIn('ben')
})
afterEach(() => connection.hangUp())
afterAll(() => server.stop())

function connect(csrfToken: () => Promise<string>): Connection {
  const socket = { extraHeaders: { cookie: ben.cookie, origin: server.url }, forceNew: true }
  return new Connection({ url: server.url, csrfToken, socket })
}

test('however often it is tried again at once, the line is greeted once', async () => {
  connection = connect(async () => ben.csrfToken)
  await until(() => connection.status.is === 'connected')
  for (let round = 0; round < 5; round++) {
    connection.cut()
    await until(() => connection.status.is === 'reconnecting')
    const triedAgain = () => {
      connection.retryNow()
      return connection.status.is !== 'reconnecting'
    }
    await vi.waitUntil(triedAgain, { interval: 1 })
    expect(connection.status).toEqual({ is: 'connected' })
  }
})

test('a token that comes only after the line was cut greets the next one once', async () => {
  let give = (_: string) => {}
  const token = new Promise<string>((resolve) => {
    give = resolve
  })
  connection = connect(() => token)
  const { io } = connection.socket
  await until(() => io.engine.readyState === 'open')
  const cut = io.engine
  cut.close()
  await until(() => io.engine !== cut && io.engine.readyState === 'open')
  const next = io.engine
  give(ben.csrfToken)
  await until(() => connection.status.is === 'connected')
  // The server closes a line that is greeted twice before it answers anything on it.
  await connection.socket.emitWithAck('alive', {})
  expect(io.engine).toBe(next)
})
