import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, stream } from '#channels/contract'
import { container } from '#server/container'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import type { Fold } from './fold'
import { openRoom } from './room'
import { connectAs } from './test-client'

const feed = defineChannel({
  name: 'feed',
  room: z.string(),
  state: z.object({ seen: z.array(z.number()) }),
  pushes: {
    filled: stream(z.object({ number: z.number(), text: z.string() })),
    counted: latest(z.number(), () => 'count'),
  },
  calls: {},
})
let loads = 0
const serveFeed = serve(feed, {
  authorize: () => {},
  state: async () => {
    loads++
    return { seen: [] }
  },
  calls: {},
})
const fold: Fold<typeof feed> = { pushes: { filled: ({ seen }, { number }) => ({ seen: [...seen, number] }) } }

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: [serveFeed] })
})
afterAll(() => server.stop())

test('whoever was closed for reading nothing comes back by itself, and has every push once and the newest value', async () => {
  const connection = connectAs(server.url, await server.signIn('ben'))
  const room = openRoom(connection, feed, 'main', { state: { seen: [] }, position: { epoch: '', seq: 0 } }, fold)
  await until(() => room.snapshot.status === 'joined')
  // Engine.IO does not show its WebSocket, which can pause.
  const line = Reflect.get(connection.socket.io.engine.transport, 'ws') as { pause(): void; resume(): void }
  line.pause()
  const there = () => container().io.of('/').adapter.rooms.has(room.key)
  let number = 0
  // The operating system takes some megabytes before anything waits.
  while (there()) {
    const batch = Array.from({ length: 20 }, () => ({ number: ++number, text: 'x'.repeat(30_000) }))
    await Promise.all(batch.map((data) => publish(feed, 'main', 'filled', data)))
    await publish(feed, 'main', 'counted', number)
  }
  await publish(feed, 'main', 'filled', { number: ++number, text: 'while it was away' })
  await publish(feed, 'main', 'counted', number)
  line.resume()
  await eventually(() => expect(room.snapshot.state.seen).toHaveLength(number))
  expect(room.snapshot.state.seen).toEqual(Array.from({ length: number }, (_, index) => index + 1))
  await eventually(() =>
    expect(room.snapshot).toMatchObject({ status: 'joined', latest: { counted: { count: number } } }),
  )
  expect(loads).toBe(1)
  connection.hangUp()
})
