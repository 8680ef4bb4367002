import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { mostOpened, type OutboundClient, outbound } from '#channels/outbound'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { shownClients } from './client-board'
import { createWebsocket, getClient, getClients } from './clients'

type Line = Awaited<ReturnType<TestServer['connect']>>

let server: TestServer
/** Another server, which says what it is told, backwards, and tells how it was closed. */
let other: WebSocketServer
let otherUrl: string
let ada: Visitor
let adas: Line
let bens: Line

beforeAll(async () => {
  other = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(other, 'listening')
  other.on('connection', (peer) => {
    peer.on('message', (data: Buffer, isBinary) => {
      peer.send(isBinary ? data.toReversed() : data.toString().split('').reverse().join(''))
    })
  })
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : 0
  otherUrl = `ws://localhost:${port}`
  server = await startTestServer({ settings: { OUTBOUND_ALLOW: `localhost:${port}` } })
  ada = await server.signIn('ada')
  adas = await server.connect(ada)
  bens = await server.connect(await server.signIn('ben'))
  for (const line of [adas, bens]) await line.emitWithAck('outbound:join', { room: 'all' })
})
afterEach(() => {
  for (const { id } of getClients()) getClient(id)?.close()
})
afterAll(async () => {
  await server.stop()
  other.close()
})

const ask = (line: Line, call: string, input: object) => line.emitWithAck(`outbound:${call}`, { room: 'all', input })

async function open(uri = otherUrl): Promise<string> {
  const answer = await ask(adas, 'open', { uri })
  expect(answer).toEqual({ ok: true, output: { id: expect.any(String) } })
  return answer.output.id
}

const shown = (id: string): OutboundClient | undefined => shownClients().find((client) => client.id === id)
const reached = (id: string, state: OutboundClient['state']) =>
  eventually(() => expect(shown(id)).toMatchObject({ state }))

function trafficOf(id: string) {
  const values = container().latest.read(outbound, 'all') ?? []
  const all = values.flatMap(({ push, data }) =>
    push === 'exchanged' ? outbound.pushes.exchanged.data.parse(data) : [],
  )
  return all.find((one) => one.id === id)?.messages.map(({ direction, kind, body }) => `${direction} ${kind} ${body}`)
}

describe('refused', () => {
  test('whoever is no admin, for all three calls; nothing is opened, sent or closed', async () => {
    const id = await open()
    await reached(id, 'open')
    for (const [call, input] of [
      ['open', { uri: otherUrl }],
      ['send', { id, text: 'hello' }],
      ['close', { id }],
    ] as const) {
      expect(await ask(bens, call, input)).toMatchObject({ ok: false, code: 'forbidden' })
    }
    expect(getClients()).toMatchObject([{ id, state: 'open' }])
    expect(trafficOf(id)).toBeUndefined()
  })

  test.each([
    ['invalid', ''],
    ['invalid', 'https://example.org'],
    ['invalid', 'no address'],
    ['invalid', 'wss://ada:secret@example.org'],
    ['forbidden', 'ws://169.254.169.254/latest/meta-data'],
    ['forbidden', 'ws://10.0.0.1'],
    ['forbidden', 'ws://127.0.0.1:22'],
    ['forbidden', 'ws://[::1]:22'],
    ['forbidden', 'ws://0x7f000001:22'],
  ])('with %s, the address "%s"', async (code, uri) => {
    expect(await ask(adas, 'open', { uri })).toMatchObject({ ok: false, code, message: expect.stringMatching(/\.$/) })
    expect(getClients()).toEqual([])
  })

  test('in the end, a name that leads to a private address, and an endpoint that does not want us', async () => {
    const [named, unwanted] = [
      await open('ws://localhost:22/'),
      await open(`${server.url.replace('http', 'ws')}/ws/echo`),
    ]
    await reached(named, 'refused')
    expect(shown(named)?.problem).toMatch(/not public/)
    await reached(unwanted, 'refused')
    expect(shown(unwanted)?.problem).toBe('The other side answered with the status 403.')
    expect(await ask(adas, 'send', { id: named, text: 'hello' })).toMatchObject({ ok: false, code: 'conflict' })
  })

  test(`one more than ${mostOpened}`, async () => {
    const user = ada.session.user
    const { operated } = container().sockets
    for (let count = 0; count < mostOpened; count++) operated.open(otherUrl, { id: user.id, name: user.name })
    expect(await ask(adas, 'open', { uri: otherUrl })).toMatchObject({ ok: false, code: 'conflict' })
    const [first] = getClients()
    await ask(adas, 'close', { id: first?.id })
    await open()
  })

  test('what there is not, and the server’s own', async () => {
    const id = '0190b6f0-0000-7000-8000-000000000001'
    expect(await ask(adas, 'send', { id, text: 'hello' })).toMatchObject({ ok: false, code: 'not-found' })
    expect(await ask(adas, 'close', { id })).toMatchObject({ ok: false, code: 'not-found' })
    const own = createWebsocket(otherUrl, {})
    expect(shown(own.id)).toMatchObject({ openedBy: null })
    expect(await ask(adas, 'send', { id: own.id, text: 'hello' })).toMatchObject({ ok: false, code: 'forbidden' })
    expect(await ask(adas, 'close', { id: own.id })).toMatchObject({ ok: false, code: 'forbidden' })
  })
})

test('everyone sees what an admin opens, what goes through it, and that it was closed', async () => {
  const states: string[] = []
  bens.on('outbound:push', ({ pushes }) => {
    for (const { push, data } of pushes) if (push === 'changed') states.push(data.state)
  })
  const id = await open(`${otherUrl}/path?key=secret`)
  await reached(id, 'open')
  expect(shown(id)).toMatchObject({ uri: `${otherUrl}/path`, openedBy: { name: 'ada' }, opened: 1, queued: 0 })
  expect(await ask(adas, 'send', { id, text: 'hello' })).toEqual({ ok: true, output: { outcome: 'sent' } })
  await eventually(() => expect(trafficOf(id)).toEqual(['out text hello', 'in text olleh']))
  expect(await ask(adas, 'close', { id })).toEqual({ ok: true, output: { id } })
  expect(await ask(adas, 'close', { id })).toEqual({ ok: true, output: { id } })
  await eventually(() => expect(states.at(-1)).toBe('closed'))
})

test('what is sent while the line is away waits for it, and shows', async () => {
  const id = await open()
  await reached(id, 'open')
  for (const peer of other.clients) peer.terminate()
  await reached(id, 'waiting')
  expect(shown(id)).toMatchObject({ retryAt: expect.any(Number), problem: 'The line was closed (1006).' })
  expect(await ask(adas, 'send', { id, text: 'later' })).toEqual({ ok: true, output: { outcome: 'queued' } })
  expect(shown(id)).toMatchObject({ queued: 1 })
  await reached(id, 'open')
  await eventually(() => expect(trafficOf(id)).toEqual(['out text later', 'in text retal']))
  expect(shown(id)).toMatchObject({ queued: 0, opened: 2 })
})

test('of many messages the last are shown, and of a long one the beginning', async () => {
  const id = await open()
  await reached(id, 'open')
  await ask(adas, 'send', { id, text: 'x'.repeat(2_000) })
  for (const peer of other.clients) {
    peer.send(Buffer.from([0, 255, 128]))
    for (let count = 0; count < 30; count++) peer.send(`${count}`)
  }
  await eventually(() => expect(trafficOf(id)).toHaveLength(20))
  await eventually(() => expect(trafficOf(id)).toContain('in text 29'))
})
