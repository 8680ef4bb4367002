import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { jobVisibility } from '#channels/job'
import { cookiesFor } from '#server/auth/test-cookies'
import { boot } from '#server/boot'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import { readEnvironment } from '#server/env'
import { makeOrderFile } from '#server/jobs/import/test-order-file'
import { receiveImport } from '#server/jobs/import/upload'
import { readJob } from '#server/models/job-list'
import { findLiveSession, startSession } from '#server/models/session'

/** The server that bench/import.ts measures: in a process of its own, so that its memory and its delays are its own. */
export interface Measured {
  rows: number
  bytes: number
  /** Of the upload, and of the job after it, in seconds. */
  seconds: { upload: number; job: number }
  /** How late the event loop was while both went on, in milliseconds. */
  late: { p50: number; p99: number; max: number }
  state: string
  result: unknown
  problems: number
  log: string[]
}

/** What the histogram counts in is the time between two ticks of a timer this far apart, in milliseconds. */
const resolution = 10

const dataDir = await freshDataDir()
const env = readEnvironment({ ...process.env, DATA_DIR: dataDir, PORT: '0' })
const service = await boot({ env, log: pino({ level: 'warn' }, pino.destination(2)) })
await once(service.http.listen(0, '127.0.0.1'), 'listening')
const { port } = service.http.address() as AddressInfo
const { prisma } = container().database
const user = await prisma.user.findFirstOrThrow({
  where: { role: 'member' },
  select: { id: true, name: true, role: true },
})
const session = await startSession({ user, device: 'a measurement', address: '127.0.0.1' })
const { cookie, csrfToken } = await cookiesFor(session.id)

async function measure(orders: number, errors: number): Promise<Measured> {
  const file = makeOrderFile({ orders, errors, rows: [2, 4], seed: 1, note: 420 })
  const bytes = Buffer.from(file.text)
  file.lines.clear()
  const late = monitorEventLoopDelay({ resolution })
  late.enable()
  const choice = { mode: 'good', visibility: jobVisibility.enum.own }
  const query = new URLSearchParams({ id: randomUUID(), name: 'orders.csv', ...choice })
  const began = performance.now()
  const { id } = await receiveImport(
    user,
    new Request(`http://127.0.0.1:${port}/jobs/upload?${query}`, {
      method: 'POST',
      headers: { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, cookie, 'x-csrf-token': csrfToken },
      body: bytes,
      duplex: 'half',
    } as RequestInit),
  )
  const uploaded = performance.now()
  let read = await readJob(id)
  while (!read.job.endedAt) {
    await sleep(100)
    read = await readJob(id)
  }
  late.disable()
  const inMs = (nanoseconds: number) => Math.max(nanoseconds / 1e6 - resolution, 0)
  return {
    rows: file.rows,
    bytes: bytes.length,
    seconds: { upload: (uploaded - began) / 1_000, job: (performance.now() - uploaded) / 1_000 },
    late: { p50: inMs(late.percentile(50)), p99: inMs(late.percentile(99)), max: inMs(late.max) },
    state: read.job.state,
    result: read.job.result,
    problems: await prisma.jobProblem.count({ where: { jobId: id } }),
    log: read.lines.map(({ text }) => text),
  }
}

process.on('message', ({ orders, errors }: { orders: number; errors: number }) => {
  void measure(orders, errors).then((answer) => process.send?.(answer))
})
process.on('disconnect', () => {
  void service
    .close()
    .then(() => rm(dataDir, { recursive: true, force: true }))
    .finally(() => process.exit(0))
})
if (!(await findLiveSession(session.id))) throw new Error('Nobody is signed in.')
process.send?.({ ready: true })
