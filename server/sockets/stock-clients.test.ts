import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { opcodes } from './test-frames'

let server: TestServer
let ben: Visitor
let address: string

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
  address = server.url.replace('http', 'ws')
})
afterAll(() => server.stop())

describe('wscat, from npm', () => {
  const wscat = createRequire(import.meta.url).resolve('wscat/bin/wscat')
  /** It ends when the socket does; if its standard input ended, it would at once. */
  const run = (...args: string[]) =>
    new Promise<{ code: unknown; said: string; error: string }>((resolve) => {
      execFile(process.execPath, [wscat, ...args], (error, said, stderr) =>
        resolve({ code: error?.code ?? 0, said, error: stderr.trim() }),
      )
    })
  const signedIn = () => ['-H', `Cookie: ${ben.cookie}`, '-o', server.url]

  test('is told why it is refused, by status', async () => {
    expect(await run('-c', `${address}/ws/my-endpoint`, '-o', server.url)).toMatchObject({
      code: 255,
      error: 'error: Unexpected server response: 401',
    })
    expect(await run('-c', `${address}/ws/nowhere`)).toMatchObject({ error: 'error: Unexpected server response: 404' })
    expect(await run('-c', `${address}/ws/device`, '-H', 'Authorization: Bearer none')).toMatchObject({
      error: 'error: Unexpected server response: 401',
    })
  })

  test('plays document 000, with the token as parameter', async () => {
    const { said } = await run(
      '-c',
      `${address}/ws/my-endpoint?session=${ben.csrfToken}`,
      ...signedIn(),
      '-x',
      'test message',
    )
    expect(said.trim().split('\n')).toEqual(['socket opened', 'test response:ben'])
  })

  test('and with the token as subprotocol', async () => {
    const protocols = ['-s', 'switchboard', '-s', `csrf.${ben.csrfToken}`]
    const { said } = await run('-c', `${address}/ws/my-endpoint`, ...signedIn(), ...protocols, '-x', 'test message')
    expect(said.trim().split('\n')).toEqual(['socket opened', 'test response:ben'])
  })
})

describe("Node's own http, which has no WebSocket", () => {
  const upgrade = (path: string, headers: Record<string, string> = {}) => {
    const asked = request(`${server.url}${path}`, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    asked.end()
    return asked
  }

  test('gets an answer it can read when it is refused', async () => {
    const [response]: IncomingMessage[] = await once(upgrade('/ws/my-endpoint', { Origin: server.url }), 'response')
    expect(response?.statusCode).toBe(401)
    expect(response?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(response?.headers['cache-control']).toBe('no-store')
    expect(response && (await json(response))).toEqual({ code: 'unauthenticated', message: 'Sign in first.' })
  })

  test('is let in, and given frames', async () => {
    const headers = { Cookie: ben.cookie, Origin: server.url }
    const [response, socket, head]: [IncomingMessage, Socket, Buffer] = await once(
      upgrade(`/ws/my-endpoint?session=${ben.csrfToken}`, headers),
      'upgrade',
    ).then(([response, socket, head]) => [response, socket, head])
    expect(response.headers['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
    expect(response.headers['sec-websocket-extensions']).toBeUndefined()
    const first = head.length > 0 ? head : (await once(socket, 'data'))[0]
    expect(first).toEqual(Buffer.concat([Buffer.from([0x80 | opcodes.text, 13]), Buffer.from('socket opened')]))
    socket.destroy()
  })

  test('that asks for an endpoint without an upgrade gets a page there is not', async () => {
    const response = await fetch(`${server.url}/ws/my-endpoint`)
    expect(response.status).toBe(404)
  })
})
