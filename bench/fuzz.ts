import { randomInt } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { freshDataDir } from '#server/db/template'
import { features } from '#server/features/all'
import { Fuzzing, knownRooms } from '#server/realtime/test-fuzz'
import { changedTables } from '#server/realtime/test-state'
import { ControlClient } from './control-client'
import { FuzzProcess, type Usage } from './fuzz-process'

/**
 * Sends a server of its own random and nearly right handshakes, events and frames:
 * `npm run test:fuzz -- --inputs 100000 --seed 7`. Ends with 1 when the server died, did not answer, rejected a
 * promise nobody looked at, kept memory, logged or echoed what it was sent, let a refused input change
 * anything, or kept another client waiting.
 */
const { values } = parseArgs({ options: { inputs: { type: 'string', default: '100000' }, seed: { type: 'string' } } })
const count = Number(values.inputs)
const seed = Number(values.seed ?? randomInt(2 ** 31))

/** Its first inputs fill caches and compile code; what is kept after them is a leak. */
const warmUp = Math.ceil(count / 10)
/** In bytes. Less than 100 for each of 100,000 inputs, and more than one collection differs from another. */
const mayGrow = 8 * 1024 * 1024
/** What a client that does nothing wrong may have to wait, in milliseconds, in 99 of 100 cases. */
const mayWait = 1_000

const dataDir = await freshDataDir()
const server = new FuzzProcess(dataDir, () => end())
const { port, visitors, person } = await server.ask('start')
const [guest, ...others] = visitors
if (!guest) throw new Error('The server has nobody to let in.')
const url = `http://127.0.0.1:${port}`
const channels = features.map(({ channel }) => channel)
const fuzzing = new Fuzzing({ url, visitors: others, channels, rooms: knownRooms(person) })
process.stdout.write(`SEED=${seed}, ${count} inputs, ${others.length} sessions\n`)

const control = await ControlClient.open(url, guest)
const before = await server.ask('state')
const fresh = await server.ask('usage')
const started = performance.now()
await fuzzing.run(warmUp, { seed })
const early = await settled()
await fuzzing.run(count - warmUp, { seed })
const seconds = (performance.now() - started) / 1000
const late = await settled()
const after = await server.ask('state')

const changed = changedTables(before, after, fuzzing.granted)
const failures = [...fuzzing.failures, ...fuzzing.check(after.found), ...changed]
if (control.end) failures.push(`the control client was closed: ${JSON.stringify(control.end)}`)
if (!(control.wait(0.99) < mayWait)) failures.push('the control client waited too long')
if (late.heapUsed - early.heapUsed > mayGrow) failures.push('the heap has grown')
for (const line of report()) process.stdout.write(`${line}\n`)
control.stop()
end(failures)

/** What the server uses, once nobody but the control client is there. */
async function settled(): Promise<Usage> {
  for (let tries = 0; tries < 100; tries++) {
    const { sockets, lines } = await server.ask('open')
    if (sockets === 1 && lines === 1) return server.ask('usage')
    await wait(200)
  }
  server.failures.push('sockets or lines were left open')
  return server.ask('usage')
}

function report(): string[] {
  const rows = [...fuzzing.table].toSorted().map(([of, row]) => {
    const total = [...row.values()].reduce((sum, one) => sum + one, 0)
    const outcomes = [...row].toSorted(([, one], [, other]) => other - one).map(([name, times]) => `${name} ${times}`)
    return `${of.padEnd(22)}${String(total).padStart(7)}  ${outcomes.join(', ')}`
  })
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`
  const milliseconds = (share: number) => `${control.wait(share).toFixed(1)} ms`
  const cpu = (late.cpuSeconds - fresh.cpuSeconds).toFixed(0)
  return [
    ...rows,
    `${count} inputs in ${seconds.toFixed(0)} s, of which the server computed ${cpu} s`,
    `heap: ${megabytes(early.heapUsed)} after ${warmUp}, ${megabytes(late.heapUsed)} after ${count}`,
    `memory in all: ${megabytes(early.rss)}, ${megabytes(late.rss)}`,
    `control client: median ${milliseconds(0.5)}, 99 % ${milliseconds(0.99)}, longest ${milliseconds(1)}`,
    `messages: ${before.tables.message?.rows} before, ${after.tables.message?.rows} after`,
    `logged: ${(server.logged / 1024).toFixed(0)} KiB`,
  ]
}

function end(found: string[] = []): void {
  server.stop()
  const all = [...server.failures, ...found]
  process.stdout.write([`${all.length} failures`, ...all.slice(0, 20), ''].join('\n'))
  void rm(dataDir, { recursive: true, force: true }).finally(() => process.exit(all.length > 0 ? 1 : 0))
}
