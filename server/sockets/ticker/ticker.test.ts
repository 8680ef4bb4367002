import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Feed, feed, type Quote, quote, rateRooms } from '#channels/ticker'
import type { Pushed, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { openTicker } from './open-ticker'
import { TestExchange } from './test-exchange'

let exchange: TestExchange
let server: TestServer
let ada: Visitor
let ben: Visitor
const logged: string[] = []
const sockets: Socket[] = []

beforeAll(async () => {
  exchange = await TestExchange.open()
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line).msg) })
  server = await startTestServer({ settings: exchange.settings, log })
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
})
afterAll(async () => {
  await server.stop()
  exchange.close()
})
afterEach(() => {
  exchange.greeting = ''
  for (const socket of sockets.splice(0)) socket.disconnect()
})

/** A tab in one room: its frames, the newest quote of each symbol, and how the exchange is heard. */
async function look(room: string, visitor = ben) {
  const socket = await server.connect(visitor)
  sockets.push(socket)
  const frames: Pushed[][] = []
  const quotes: Record<string, Quote> = {}
  const feeds: Feed[] = []
  const take = (pushes: Pushed[]) => {
    for (const { push, data } of pushes) {
      if (push === 'fed') feeds.push(feed.parse(data))
      else Object.assign(quotes, { [quote.parse(data).symbol]: quote.parse(data) })
    }
  }
  socket.on('ticker:push', (frame: PushFrame) => {
    frames.push(frame.pushes)
    take(frame.pushes)
  })
  take((await socket.emitWithAck('ticker:join', { room })).latest)
  return { socket, frames, quotes, feeds, state: () => feeds.at(-1)?.state }
}

let said = 0
/** What the exchange says gets to this tab: a line left over from the test before may still be there, and lead nowhere. */
async function line({ quotes }: Pick<Awaited<ReturnType<typeof look>>, 'quotes'>): Promise<void> {
  const before = said
  await eventually(() => {
    exchange.quote('LINE', ++said)
    expect(exchange.peers).toHaveLength(1)
    expect(quotes.LINE?.price ?? 0).toBeGreaterThan(before)
  })
}
const call = (socket: Socket, name: string, room: string, input: object) =>
  socket.emitWithAck(`ticker:${name}`, { room, input })

describe('refused', () => {
  test.each(['3', '0', '51', '1.0', 'all', ' 1'])('"%s", which is no rate', async (room) => {
    const socket = await server.connect(ben)
    sockets.push(socket)
    expect(await socket.emitWithAck('ticker:join', { room })).toMatchObject({ ok: false, code: 'not-found' })
  })

  test('a member who would stop or start the exchange', async () => {
    const { socket } = await look('10')
    expect(await call(socket, 'stop', '10', { how: 'closed' })).toMatchObject({ code: 'forbidden' })
    expect(await call(socket, 'start', '10', {})).toMatchObject({ code: 'forbidden' })
  })

  test('an admin who would stop one that is not ours, or in no way there is', async () => {
    const { socket } = await look('10', ada)
    expect(await call(socket, 'stop', '10', { how: 'silent' })).toMatchObject({ code: 'conflict' })
    expect(await call(socket, 'stop', '10', { how: 'gently' })).toMatchObject({ code: 'invalid' })
  })

  test('what an exchange says that is no quotes: counted, logged once, and the next quote counts', async () => {
    const { quotes, feeds } = await look('50')
    await line({ quotes })
    exchange.quote('NEW', 12.5)
    await eventually(() => expect(quotes).toMatchObject({ NEW: { price: 12.5, change: 0, number: 1 } }))
    const before = Object.keys(quotes)
    const wrong = [
      '',
      '{"quotes"',
      'null',
      '[]',
      '{"quotes":[]}',
      '{"quotes":[{"symbol":"acme","price":1}]}',
      '{"quotes":[{"symbol":"__proto__","price":1}]}',
      '{"quotes":[{"symbol":"ACME","price":"1"}]}',
      '{"quotes":[{"symbol":"ACME","price":-1}]}',
      '{"quotes":[{"symbol":"ACME","price":1e999}]}',
      `{"quotes":[${Array(1_001).fill('{"symbol":"A","price":1}')}]}`,
    ]
    for (const message of wrong) exchange.say(message)
    exchange.quote('NEW', 13)
    await eventually(() => expect(quotes).toMatchObject({ NEW: { price: 13, change: 4, number: 2 } }))
    await eventually(() => expect(feeds.at(-1)?.refused).toBe(wrong.length))
    expect(Object.keys(quotes)).toEqual(before)
    expect(logged.filter((said) => said === 'the exchange says what is no quotes')).toHaveLength(1)
  })
})

test('where it listens is shown without what may be secret', async () => {
  const { feeds, quotes } = await look('10')
  await line({ quotes })
  await eventually(() => expect(feeds.at(-1)?.state).toBe('live'))
  for (const { uri } of feeds) expect(uri).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/quotes$/)
})

test('one line for however many look, and none when the last has left', async () => {
  await eventually(() => expect(exchange.peers).toHaveLength(0))
  const tabs = await Promise.all([...rateRooms, 'strip', '10', '10'].map((room) => look(room)))
  for (const tab of tabs) await line(tab)
  exchange.quote('ACME', 20)
  for (const { quotes } of tabs) await eventually(() => expect(quotes).toMatchObject({ ACME: { price: 20 } }))
  expect(exchange.peers).toHaveLength(1)
  for (const { socket } of tabs.slice(1)) socket.disconnect()
  exchange.quote('ACME', 21)
  await eventually(() => expect(tabs[0]?.quotes).toMatchObject({ ACME: { price: 21 } }))
  tabs[0]?.socket.emit('ticker:leave', { room: '1' })
  await eventually(() => expect(exchange.peers).toHaveLength(0))
  const { latest } = await openTicker('1')
  expect(latest?.find(({ push }) => push === 'fed')?.data).toMatchObject({ state: 'connecting' })
})

test('a slow tab skips values and a fast one has nearly all; both end with the newest', async () => {
  const [slow, fast] = [await look('1'), await look('50')]
  for (const tab of [slow, fast]) await line(tab)
  const begun = performance.now()
  let price = 0
  while (performance.now() - begun < 1_200) {
    exchange.quote('ACME', ++price)
    await sleep(10)
  }
  for (const { quotes } of [slow, fast]) await eventually(() => expect(quotes).toMatchObject({ ACME: { price } }))
  const heard = ({ frames }: typeof slow) =>
    frames.flat().filter(({ push, data }) => push === 'quoted' && quote.parse(data).symbol === 'ACME')
  expect(heard(slow).length).toBeLessThanOrEqual(5)
  expect(heard(fast).length).toBeGreaterThan(3 * heard(slow).length)
  for (const tab of [slow, fast]) {
    const numbers = heard(tab).map(({ data }) => quote.parse(data).number)
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
  }
})

test('whoever comes later is shown the newest at once, the page before it has joined, and the last minute', async () => {
  const { quotes, feeds } = await look('50')
  await line({ quotes })
  exchange.quote('ACME', 30)
  await eventually(() => expect(quotes).toMatchObject({ ACME: { price: 30 } }))
  await eventually(() => expect(feeds.at(-1)).toMatchObject({ state: 'live', own: false, stopped: null }))
  const painted = await openTicker('5')
  expect(painted.latest).toContainEqual(
    expect.objectContaining({ push: 'quoted', data: expect.objectContaining({ symbol: 'ACME', price: 30 }) }),
  )
  await eventually(async () => expect((await openTicker('5')).state.history.ACME?.at(-1)).toBe(30))
  expect((await openTicker('strip')).state.history).toEqual({})
})

test('an exchange that says nothing more is silent within five seconds, and live with its next quote', async () => {
  const { feeds, quotes, state } = await look('2')
  await line({ quotes })
  exchange.quote('ACME', 1)
  await eventually(() => expect(state()).toBe('live'))
  const lastSaid = Date.now()
  await eventually(() => expect(state()).toBe('silent'))
  expect(Date.now() - lastSaid).toBeLessThan(5_000)
  expect(Math.abs((feeds.at(-1)?.heardAt ?? 0) - lastSaid)).toBeLessThan(2_500)
  exchange.quote('ACME', 2)
  await eventually(() => expect(state()).toBe('live'))
})

test('one that is there no more, without a word, is called anew', async () => {
  const { quotes, state } = await look('2')
  await line({ quotes })
  exchange.quote('ACME', 1)
  await eventually(() => expect(state()).toBe('live'))
  const [dead] = exchange.peers
  // It reads nothing any more, and so answers no ping.
  dead?.pause()
  await eventually(() => expect(['silent', 'away']).toContain(state()))
  exchange.greeting = '{"quotes":[{"symbol":"ACME","price":3}]}'
  await eventually(() => expect(state()).toBe('live'))
  dead?.terminate()
})

test('one that closes the line is away at once, and heard again when it is back', async () => {
  const { feeds, quotes, state } = await look('10')
  await line({ quotes })
  exchange.quote('ACME', 1)
  await eventually(() => expect(state()).toBe('live'))
  exchange.greeting = '{"quotes":[{"symbol":"ACME","price":4}]}'
  for (const peer of exchange.peers) peer.close(1012)
  await eventually(() => expect(feeds.some((one) => one.state === 'away' && one.problem?.includes('1012'))).toBe(true))
  await eventually(() => expect(state()).toBe('live'))
  await eventually(() => expect(quotes).toMatchObject({ ACME: { price: 4 } }))
  expect(container().sockets.clients.all()).toHaveLength(1)
})
