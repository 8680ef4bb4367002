import { rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { type AddressInfo, isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { container, fillContainer } from '#server/container'
import { createHttpServer, type Pages } from '#server/http/server'
import { GET } from './route'

const metricsToken = 'a-token-for-tests-of-some-length'
const elsewhere = Object.values(networkInterfaces())
  .flatMap((one) => one ?? [])
  .find(({ internal, address }) => !internal && isIPv4(address))?.address

let running: Awaited<ReturnType<typeof openTestContainer>>
let http: Server
let port: number

/** What Next does, for this one route. */
const pages: Pages = {
  async handle(request, response) {
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const answer = await GET(new Request('http://localhost/api/metrics', { headers }))
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  },
  close: async () => {},
}

beforeAll(async () => {
  running = await openTestContainer()
  http = createHttpServer({ env: running.env, engine: running.sockets.engine, pages })
  await new Promise<void>((resolve) => http.listen(0, '0.0.0.0', resolve))
  port = (http.address() as AddressInfo).port
})
afterAll(async () => {
  http.close()
  await running.close()
  await rm(running.env.dataDir, { recursive: true, force: true })
})

const read = (headers: Record<string, string> = {}, host = '127.0.0.1') =>
  fetch(`http://${host}:${port}/api/metrics`, { headers })

const refused = async (response: Promise<Response>) => {
  const { status, headers } = await response
  expect(headers.get('content-type')).toBe('application/json')
  return { status, ...(await (await response).json()) }
}

describe('without METRICS_TOKEN', () => {
  test.runIf(elsewhere)('another machine is refused, and whatever it claims', async () => {
    for (const headers of [{}, { 'x-from-loopback': 'true' }, { authorization: 'Bearer undefined' }] as Record<
      string,
      string
    >[]) {
      expect(await refused(read({ host: 'localhost', ...headers }, elsewhere))).toMatchObject({
        status: 403,
        code: 'forbidden',
      })
    }
  })

  test.each(['Bearer ', 'Bearer undefined', ''])('no token is the right one: %j', async (authorization) => {
    expect(await refused(read({ authorization }))).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('a proxy on this machine is refused', async () => {
    expect(await refused(read({ 'x-forwarded-for': '192.0.2.1' }))).toMatchObject({ status: 403 })
    expect(await refused(read({ 'x-forwarded-for': '192.0.2.1', 'x-from-loopback': 'true' }))).toMatchObject({
      status: 403,
    })
  })
})

describe('with METRICS_TOKEN', () => {
  beforeAll(() => fillContainer({ ...container(), env: { ...running.env, metricsToken } }))
  afterAll(() => fillContainer({ ...container(), env: running.env }))

  const proxied = { 'x-forwarded-for': '192.0.2.1' }

  test.each(['Bearer', `Bearer ${metricsToken}x`, `Basic ${metricsToken}`, metricsToken, `Bearer a ${metricsToken}`])(
    'a wrong one is refused, on this machine too: %s',
    async (authorization) => {
      expect(await refused(read({ authorization, ...proxied }))).toMatchObject({ status: 401, code: 'unauthenticated' })
      expect(await refused(read({ authorization }))).toMatchObject({ status: 401, code: 'unauthenticated' })
    },
  )

  test('none is refused, but to a program on this machine', async () => {
    expect((await read(proxied)).headers.get('www-authenticate')).toBe('Bearer')
    expect(await refused(read(proxied))).toMatchObject({ status: 401, code: 'unauthenticated' })
    expect((await read()).status).toBe(200)
  })

  test('the right one opens from elsewhere', async () => {
    expect((await read({ authorization: `Bearer ${metricsToken}`, ...proxied })).status).toBe(200)
  })
})

test('the figures are text for Prometheus: those of Node, and ours', async () => {
  const { registry, metrics } = container()
  registry.open({ id: 'one', path: '/ws/orders', address: '', waitingBytes: () => 70 })
  registry.open({ id: 'two', path: '/ws/orders', address: '', waitingBytes: () => 30 })
  registry.setRooms('one', ['chat/general', 'chat/orders'])
  registry.setRooms('two', ['chat/general'])
  metrics.pushes.inc({ channel: 'chat', kind: 'stream' }, 3)
  const response = await read()
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await response.text()).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      'switchboard_sockets{path="/ws/orders"} 2',
      'switchboard_rooms 2',
      'switchboard_waiting_bytes{over="sum"} 100',
      'switchboard_waiting_bytes{over="max"} 70',
      'switchboard_pushes_total{channel="chat",kind="stream"} 3',
      'switchboard_closes_total{reason="too-slow"} 0',
      expect.stringMatching(/^nodejs_eventloop_lag_p99_seconds \d/),
      expect.stringMatching(/^process_resident_memory_bytes \d/),
    ]),
  )
})
