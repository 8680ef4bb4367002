import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '#server/test-server'
import { requestText, sendRaw } from './test-raw'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test.each([
  ['GET', '/chat/%E0%A4%A', 400],
  ['GET', '/%zz', 400],
  ['GET', 'http://evil.example/sign-in', 400],
  ['OPTIONS', '*', 400],
  ['TRACE', '/sign-in', 405],
  ['TRACE', '/api/health/live', 405],
  ['PUT', '/sign-in', 405],
  ['GET', '/socket.io/?EIO=4&transport=polling', 400],
])('%s %s is %i, with the headers of every answer', async (method, target, status) => {
  const answer = await sendRaw(server.url, requestText(method, target, { Connection: 'close' }))
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toMatch(/^Content-Security-Policy: default-src 'self'/m)
  expect(answer).toMatch(/^X-Content-Type-Options: nosniff/m)
  expect(answer).not.toMatch(/^(Server|X-Powered-By):/im)
})

test('a form larger than a page takes is 413, before it has come', async () => {
  const answer = await sendRaw(server.url, requestText('POST', '/sign-in', { 'Content-Length': '10485760' }))
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
})

test.each([
  ['no HTTP at all', '\x16\x03\x01\x00garbage\r\n\r\n', 400],
  ['a request line that never ends', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n`, 431],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
])('%s is answered and closed', async (_, bytes, status) => {
  expect(await sendRaw(server.url, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
})
