import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Random } from '#server/random'
import { Client } from './chaos-client'
import { Ledger, unharmed } from './chaos-ledger'
import { Nemesis } from './chaos-nemesis'
import { readStored } from './chaos-stored'
import { KeptServer } from './server'

const string = { type: 'string' } as const
const whole = z.coerce.number().int().positive()
/**
 * Clients of ours write to each other through a real server, while everything happens to both that can:
 * `npm run test:chaos -- --seconds 120 --clients 12 --seed 7`. Ends with 1 unless every acknowledged message is in
 * the database and was seen by every client exactly once and in order, and the server held its ground.
 */
const { values } = parseArgs({ options: { seconds: string, clients: string, seed: string } })
const options = z.object({ seconds: whole.default(120), clients: whole.default(12), seed: whole.optional() })
const { seconds, clients: size, seed = randomInt(1, 2 ** 31) } = options.parse(values)

/** What the server may hold at most, in bytes. */
const mayHold = 768 * 1024 * 1024
/** How long all may take to come to rest in the end, in milliseconds: whoever missed the last push hears of it within 15 s. */
const restsWithin = 40_000

const rooms = ['general', 'orders', 'hall-2']
// All come from one address, as if the whole world sat behind one proxy.
const settings = { LOG_LEVEL: 'error', HANDSHAKES_PER_MINUTE: '1000000' }
// A session may make so many calls a second, hence no more than three clients share one.
const names = Array.from({ length: Math.ceil(size / 3) }, (_, number) => `writer-${number}`)

say(`${seconds} s, ${size} clients, seed ${seed}`)
const random = new Random(seed)
const ledger = new Ledger()
const { server, port, visitors } = await KeptServer.start([...names, 'mallory'], settings)
const url = `http://127.0.0.1:${port}`
const [attacker, ...writers] = visitors.toReversed()
if (!attacker) throw new Error('Nobody was signed in.')

const clients: Client[] = []
for (let number = 0; number < size; number++) {
  clients.push(await Client.open(url, writers[number % writers.length] ?? attacker, rooms))
}
if (!(await until(() => clients.every(({ joined }) => joined)))) throw new Error('Not every client got in.')
for (const client of clients) client.keep(ledger)

// A server that never comes up again would be waited for without end.
setTimeout(
  () => {
    say(`not over in time: ${[...server.crashes, told()].join(', ')}`)
    process.exit(1)
  },
  seconds * 1_000 + 4 * restsWithin,
).unref()

const calm = new AbortController()
const nemesis = new Nemesis({ server, url, clients, attacker, rooms, random, atWork, calm: calm.signal })
const begun = Date.now()
const progress = setInterval(() => say(told()), 10_000)
const writing = clients.map((client) => client.write(ledger, random.split(), calm.signal))
const raging = nemesis.rage()
await wait(seconds * 1_000)
calm.abort()
await raging
await server.up()
await Promise.all(writing)
const rested = await until(() => clients.every(({ joined }) => joined) && allAlike())
const gone = await until(() => nemesis.signedOut.every(({ status }) => status.is === 'ended'))
clearInterval(progress)
for (const { connection } of clients) connection.hangUp()
await server.stop()

const verdict = ledger.judge(await readStored(server.dataDir, rooms))
const failures = [
  ...server.crashes.map((how) => `the server ${how}`),
  ...(unharmed(verdict) ? [] : ['messages were lost, duplicated, reordered or invented']),
  ...(verdict.acknowledged > 0 ? [] : ['nothing was acknowledged']),
  ...(rested ? [] : ['not every client got to the end of every room']),
  ...(gone ? [] : ['a line stayed open though its session had ended']),
  ...(server.peakMemory > mayHold ? ['the server held too much memory'] : []),
]
print({
  seed,
  seconds,
  clients: size,
  ...nemesis.struck,
  starts: server.starts,
  'seconds down': Math.round(server.downtime / 1_000),
  ...verdict,
  'peak memory': `${Math.round(server.peakMemory / 2 ** 20)} MB of ${mayHold / 2 ** 20}`,
})
for (const [what, times] of server.logged) say(`logged ${times} times: ${what}`)
for (const failure of failures) say(`failed: ${failure}`)
if (failures.length === 0) await server.remove()
else say(`what the server left is in ${server.dataDir}; the same blows come again with --seed ${seed}`)
process.exit(failures.length === 0 ? 0 : 1)

/** Resolves once the server is up and has answered about every client, or when it is time to end. */
async function atWork(): Promise<void> {
  await server.up()
  const before = ledger.sent.acknowledged
  await until(() => ledger.sent.acknowledged > before + size || calm.signal.aborted)
}

/** Whether every client has come equally far in every room. */
function allAlike(): boolean {
  return rooms.every((_, index) => new Set(clients.map((client) => client.rooms[index]?.applied)).size === 1)
}

async function until(holds: () => boolean): Promise<boolean> {
  const end = Date.now() + restsWithin
  while (!holds() && Date.now() < end) await wait(50)
  return holds()
}

function told(): string {
  const blows = Object.entries(nemesis.struck).map(([name, count]) => `${count} ${name}`)
  const time = `${Math.round((Date.now() - begun) / 1_000)} s`
  return `${time}: ${ledger.sent.acknowledged} acknowledged, ${ledger.received} received, ${blows.join(', ')}`
}

function print(table: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(table)) console.log(name.padEnd(14) + `${value}`.padStart(16))
}

function say(text: string): void {
  console.log('chaos'.padEnd(10) + text)
}
