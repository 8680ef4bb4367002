import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest } from '#channels/contract'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import { openRoom } from './room'
import { connectAs } from './test-client'

const quotes = defineChannel({
  name: 'quotes',
  room: z.string(),
  state: z.object({}),
  pushes: { quoted: latest(z.object({ symbol: z.string(), price: z.number() }), ({ symbol }) => symbol) },
  calls: {},
})
const serveQuotes = serve(quotes, { authorize: () => {}, state: async () => ({}), calls: {} })

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: [serveQuotes] })
})
afterAll(() => server.stop())

/** A line on which what the server sends is kept from `hold` on, to arrive in one piece with `flow`. */
async function lineTo(url: string) {
  let kept: Buffer[] | undefined
  let flow = () => {}
  const relay = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    near.pipe(far)
    for (const end of [near, far]) end.on('error', () => {}).on('close', () => [near, far].map((one) => one.destroy()))
    far.on('data', (data) => (kept ? kept.push(data) : near.write(data)))
    flow = () => {
      near.write(Buffer.concat(kept ?? []))
      kept = undefined
    }
  })
  await once(relay.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    hold: () => {
      kept = []
    },
    kept: () => String(kept),
    flow: () => flow(),
    close: () => relay.close(),
  }
}

test('a value that arrives together with the answer to a join, behind it, is the newest', async () => {
  const line = await lineTo(server.url)
  const connection = connectAs(line.url, await server.signIn('ben'))
  // By then nothing more is to come.
  await until(() => connection.roundTrip !== undefined)
  await publish(quotes, 'nyse', 'quoted', { symbol: 'A', price: 1 })
  line.hold()
  const room = openRoom(connection, quotes, 'nyse', { state: {}, position: { epoch: '', seq: 0 } }, { pushes: {} })
  await until(() => line.kept().includes('"price":1'))
  await publish(quotes, 'nyse', 'quoted', { symbol: 'A', price: 2 })
  await until(() => line.kept().includes('"price":2'))
  line.flow()
  await until(() => room.snapshot.status === 'joined')
  await eventually(() => expect(room.snapshot.latest.quoted).toEqual({ A: { symbol: 'A', price: 2 } }))
  connection.hangUp()
  line.close()
})
