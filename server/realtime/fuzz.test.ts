import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { startTestServer, type TestServer } from '#server/test-server'
import { Fuzzing, knownRooms } from './test-fuzz'
import type { Served } from './test-inputs'
import { changedTables, readState } from './test-state'

let server: TestServer
let served: Served

beforeAll(async () => {
  server = await startTestServer({ settings: { HANDSHAKES_PER_MINUTE: '1000000', SOCKETS_PER_SESSION: '1000' } })
  const visitors = await Promise.all(['ada', 'ben', 'cleo', 'dora'].map((name) => server.signIn(name)))
  const rooms = knownRooms(visitors[0]?.session.user.id ?? '')
  served = { url: server.url, visitors, channels: features.map(({ channel }) => channel), rooms }
})
afterAll(() => server.stop())

test('2,000 random and nearly right inputs: each is answered or closed, and what is refused leaves no trace', async () => {
  const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
  process.stdout.write(`SEED=${seed}\n`)
  const before = await readState()
  const fuzzing = new Fuzzing(served)
  await fuzzing.run(2_000, { seed, lines: 12 })

  const after = await readState()
  expect(fuzzing.failures).toEqual([])
  expect(fuzzing.check(after.found)).toEqual([])
  expect(changedTables(before, after, fuzzing.granted)).toEqual([])
  await expect.poll(() => container().io.of('/').sockets.size).toBe(0)
  // Or it would have tried nothing: some of it gets as far as it can, and some not past the door.
  const outcomes = new Set([...fuzzing.table.values()].flatMap((row) => [...row.keys()]))
  expect([...outcomes]).toEqual(
    expect.arrayContaining(['ok', 'invalid', 'closed: malformed', 'not-found', 'unauthenticated', 'forbidden', '400']),
  )
}, 120_000)
