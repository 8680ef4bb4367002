import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { appendToLog, publication } from '#server/realtime/log-append'
import { publish } from '#server/realtime/publish'
import { sizes } from '#server/test-sizes'

/**
 * Shows how many stream pushes a second the log takes, each in a transaction of its own, each by a statement of
 * its own, and gathered as `publish` does, on both sizes of the database.
 *
 *   npm run bench -- bench/log.ts
 */
const producers = 200
const seconds = 4
const data = { id: randomUUID(), body: 'a message of some length, as people write them in a chat all day long' }

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({}),
  pushes: { noted: stream(z.object({ id: z.string(), body: z.string() })) },
  calls: {},
})

const ways: Record<string, (room: string) => Promise<unknown>> = {
  'a transaction each': (room) => transaction(async (tx) => tx.publish(notes, room, 'noted', data)),
  'a statement each': (room) => appendToLog(container().database.prisma, [publication(notes, room, 'noted', data)]),
  gathered: (room) => publish(notes, room, 'noted', data),
}

/** Each producer publishes again as soon as it is answered. */
async function run(way: (room: string) => Promise<unknown>, rooms: number): Promise<string> {
  const times: number[] = []
  const before = await statements()
  const begun = performance.now()
  const produce = async (nth: number) => {
    while (performance.now() - begun < seconds * 1_000) {
      const asked = performance.now()
      await way(`room-${nth % rooms}`)
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: producers }, (_, nth) => produce(nth)))
  const took = (performance.now() - begun) / 1_000
  times.sort((one, other) => one - other)
  const at = (share: number) => `${times[Math.floor(times.length * share)]?.toFixed(0)} ms`
  const perStatement = (times.length / ((await statements()) - before)).toFixed(0)
  return `${Math.round(times.length / took)}/s, ${perStatement} by a statement, p50 ${at(0.5)}, p99 ${at(0.99)}`
}

async function statements(): Promise<number> {
  const { values } = await container().metrics.logAppendBatchSize.get()
  return values.find(({ metricName }) => metricName?.endsWith('_count'))?.value ?? 0
}

process.stdout.write(`${producers} producers, ${seconds} s each way\n`)
for (const { size, open } of sizes) {
  const opened = await open()
  for (const rooms of [1, 50]) {
    for (const [name, way] of Object.entries(ways)) {
      process.stdout.write(`${size}, ${rooms} room${rooms > 1 ? 's' : ''}, ${name}: ${await run(way, rooms)}\n`)
    }
  }
  await opened.close()
}
