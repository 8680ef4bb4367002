import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { givenNumbers } from './given-numbers'
import type { Measured } from './import-server'

/**
 * Imports the largest file there may be, 100,000 rows in some 20 MB, into a server with the embedded database, and
 * shows how fast that is, what memory it takes, and for how long the event loop, and so every socket, had to wait.
 *
 *   npm run bench -- bench/import.ts [orders] [orders with an error]
 */
const { orders, errors } = givenNumbers({ orders: 33_000, errors: 300 })
/** What the server promises: 99 of 100 looks at the event loop find it at most so late, in milliseconds. */
const promised = 50

const child = spawn(process.execPath, ['--import', 'tsx', 'bench/import-server.ts'], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    DATABASE_URL: process.env.BENCH_DATABASE_URL ?? '',
    REDIS_URL: '',
    NEXTAUTH_URL: '',
    DEMO_ORDERS: '2000',
    NEXTAUTH_SECRET: 'a secret for measurements, of at least 32 characters',
  },
})
const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${code}.`)))
await Promise.race([once(child, 'message'), died])
const atRest = memory('VmRSS')
child.send({ orders, errors })
const [answer] = await Promise.race([once(child, 'message'), died])
const { rows, bytes, seconds, late, state, result, problems, log }: Measured = answer
const megabytes = (value: number) => `${(value / 1024 / 1024).toFixed(1)} MB`
process.stdout.write(`
${rows.toLocaleString('en')} rows, ${megabytes(bytes)}; load of the machine ${loadavg()
  .map((load) => load.toFixed(1))
  .join(' ')}
upload ${seconds.upload.toFixed(1)} s, import ${seconds.job.toFixed(1)} s: ${Math.round(rows / seconds.job).toLocaleString('en')} rows a second
event loop late by ${late.p50.toFixed(1)} ms (half of the time), ${late.p99.toFixed(1)} ms (p99), ${late.max.toFixed(1)} ms (once)
memory ${megabytes(memory('VmHWM'))} at most, ${megabytes(atRest)} before
${state}: ${JSON.stringify(result)}, ${problems} problems listed
${log.join('\n')}
`)
died.catch(() => {})
child.disconnect()
await once(child, 'exit')
if (late.p99 >= promised) {
  process.stdout.write(`The event loop was late by ${promised} ms or more.\n`)
  process.exitCode = 1
}

/** In bytes; 0 where the system does not say, as elsewhere than on Linux. */
function memory(what: 'VmHWM' | 'VmRSS'): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
