import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { z } from 'zod'
import { defineChannel, latest, stream } from '#channels/contract'
import { demonstrationPeople } from '#server/auth/demonstration'
import { cookiesFor } from '#server/auth/test-cookies'
import { boot } from '#server/boot'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import { readEnvironment } from '#server/env'
import { startSession } from '#server/models/session'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'

/**
 * The server that bench/slow-reader.ts and bench/latest.ts watch: in a process of its own, so that its memory and
 * its delays are its own. It publishes to one room what its parent asks for.
 */
const feed = defineChannel({
  name: 'feed',
  room: z.string(),
  state: z.object({}),
  pushes: {
    filled: stream(z.string()),
    quoted: latest(z.object({ symbol: z.string(), price: z.number() }), ({ symbol }) => symbol),
  },
  calls: {},
})
const room = 'main'

export interface Started {
  port: number
  visitors: { cookie: string; csrfToken: string }[]
}

/** In bytes: `live` is what is in use after a collection, buffers included. */
export interface Memory {
  live: number
  rss: number
}

export interface Filled {
  memory: Memory[]
  seconds: number
  /** Of this process's time on a processor, which does not grow when others need it too. */
  cpuSeconds: number
  /** Sockets closed meanwhile, by why. */
  closed: string[]
  members: number
}

export interface Quoted {
  published: number
  seconds: number
  /** The longest that a publish took, in milliseconds. */
  longest: number
  last: Record<string, number>
}

export type Question = { ask: 'fill'; pushes: number; bytes: number; perSecond: number } | Quote
interface Quote {
  ask: 'quote'
  keys: number
  perSecond: number
  seconds: number
}

const collect = globalThis.gc
if (!collect || !process.send) throw new Error('Run it by bench/slow-reader.ts or bench/latest.ts, with --expose-gc.')

const closed: string[] = []
const log = pino(
  { level: 'info' },
  {
    write: (line: string) => {
      const { msg, reason } = JSON.parse(line)
      if (msg === 'socket closed') closed.push(reason)
    },
  },
)
const dataDir = await freshDataDir()
const env = readEnvironment({ DATA_DIR: dataDir, PORT: '0' })
const channels = [serve(feed, { authorize: () => {}, state: async () => ({}), calls: {} })]
const service = await boot({ env, log, channels })
const visitors = await Promise.all(
  demonstrationPeople.map(async ({ name }) => {
    const user = await container().database.prisma.user.findUniqueOrThrow({ where: { name }, select: { id: true } })
    return cookiesFor((await startSession({ user, device: 'a test', address: '127.0.0.1' })).id)
  }),
)
await once(service.http.listen(0, '127.0.0.1'), 'listening')

function memory(): Memory {
  collect?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { live: heapUsed + external, rss }
}

/** In milliseconds since 1970, to the microsecond. */
const preciseNow = () => performance.timeOrigin + performance.now()

/** Runs `one` so often a second, and `each` every three seconds. */
async function atRate(times: number, perSecond: number, one: (index: number) => void, each?: () => void) {
  const begun = performance.now()
  let told = begun
  for (let index = 0; index < times; ) {
    const due = Math.min(times, Math.floor(((performance.now() - begun) / 1_000) * perSecond))
    while (index < due) one(index++)
    if (performance.now() - told > 3_000) {
      each?.()
      told = performance.now()
    }
    await sleep(1)
  }
  return (performance.now() - begun) / 1_000
}

/** Handed over as the log does after the commit, and past the database, whose own memory and delays are greater. */
async function fill({ pushes, bytes, perSecond }: Extract<Question, { ask: 'fill' }>): Promise<Filled> {
  const { delivery, io } = container()
  const data = 'x'.repeat(bytes)
  const samples = [memory()]
  const before = process.cpuUsage()
  const seconds = await atRate(
    pushes,
    perSecond,
    (index) => delivery.send(feed, room, { push: 'filled', seq: index + 1, at: preciseNow(), data }),
    () => samples.push(memory()),
  )
  const { user, system } = process.cpuUsage(before)
  await sleep(1_000)
  samples.push(memory())
  const members = io.of('/').adapter.rooms.get(`feed/${room}`)?.size ?? 0
  return { memory: samples, seconds, cpuSeconds: (user + system) / 1e6, closed, members }
}

async function quote({ keys, perSecond, seconds }: Quote): Promise<Quoted> {
  const last: Record<string, number> = {}
  let longest = 0
  const took = await atRate(perSecond * seconds, perSecond, (price) => {
    const symbol = `S${price % keys}`
    last[symbol] = price
    const begun = performance.now()
    void publish(feed, room, 'quoted', { symbol, price })
    longest = Math.max(longest, performance.now() - begun)
  })
  return { published: perSecond * seconds, seconds: took, longest, last }
}

process.on('message', (question: Question) => {
  void (question.ask === 'fill' ? fill(question) : quote(question)).then((answer) => process.send?.(answer))
})
process.on('disconnect', () => {
  void service
    .close()
    .then(() => rm(dataDir, { recursive: true, force: true }))
    .finally(() => process.exit(0))
})
process.send({ port: (service.http.address() as AddressInfo).port, visitors } satisfies Started)
