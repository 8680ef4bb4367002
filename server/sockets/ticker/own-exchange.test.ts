import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Feed, feed } from '#channels/ticker'
import type { Pushed, PushFrame } from '#channels/wire'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { Lease } from './lease'

let server: TestServer
let ada: Socket
let told: Feed | undefined
const symbols = new Set<string>()

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.connect(await server.signIn('ada'))
  const take = (pushes: Pushed[]) => {
    for (const { push, key, data } of pushes) {
      if (push === 'fed') told = feed.parse(data)
      else symbols.add(key ?? '')
    }
  }
  ada.on('ticker:push', ({ pushes }: PushFrame) => take(pushes))
  take((await ada.emitWithAck('ticker:join', { room: '20' })).latest)
})
afterAll(() => server.stop())

const call = (name: string, input: object) => ada.emitWithAck(`ticker:${name}`, { room: '20', input })
const reached = (state: Feed['state']) => eventually(() => expect(told?.state).toBe(state))

test('its fifty symbols move hundreds of times a second', async () => {
  await reached('live')
  await eventually(() => expect(symbols.size).toBe(50))
  await eventually(() => expect(told?.perSecond).toBeGreaterThan(100))
  expect(told).toMatchObject({ own: true, stopped: null, refused: 0 })
})

test.each([
  ['closed', 'away'],
  ['silent', 'silent'],
] as const)('stopped by an admin so that it is %s, it is %s, and started it is live again', async (how, state) => {
  await reached('live')
  const stopped = Date.now()
  expect(await call('stop', { how })).toEqual({ ok: true, output: {} })
  await reached(state)
  expect(Date.now() - stopped).toBeLessThan(5_000)
  await eventually(() => expect(told).toMatchObject({ stopped: { how, by: { name: 'ada' } }, perSecond: 0 }))
  expect(await call('start', {})).toEqual({ ok: true, output: {} })
  await reached('live')
  await eventually(() => expect(told?.stopped).toBeNull())
})

test('of two nodes one has the line, and the other takes over when that lets go', async () => {
  const [one, other] = [new Lease('a test'), new Lease('a test')]
  expect([await one.hold(), await other.hold(), await one.hold()]).toEqual([true, false, true])
  await one.free()
  expect([await other.hold(), await one.hold()]).toEqual([true, false])
  await other.free()
  await other.free()
})
