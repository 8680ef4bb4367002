import { Feed } from './feed'
import type { Filled } from './feed-server'

/**
 * Shows what one reader costs that never reads, while 100 MB pass through its room and 20 others read:
 * memory of the server, and delay from publishing to receiving, with it and without it, twice each.
 *
 *   npm run bench -- bench/slow-reader.ts
 */
const readers = 20
const load = { ask: 'fill', pushes: 3_500, bytes: 30_000, perSecond: 200 } as const

interface Run extends Filled {
  /** In milliseconds, sorted. */
  delays: number[]
}

async function run(withSlowReader: boolean): Promise<Run> {
  const feed = await Feed.start()
  const delays: number[] = []
  const lines = await Promise.all(
    Array.from({ length: readers }, (_, person) =>
      feed.read(person, (frame) => {
        const now = performance.timeOrigin + performance.now()
        // A frame may hold several pushes; the time stands before the data of each.
        for (let at = frame.indexOf('"at":'); at >= 0; at = frame.indexOf('"at":', at + load.bytes)) {
          delays.push(now - Number.parseFloat(frame.toString('latin1', at + 5, at + 25)))
        }
      }),
    ),
  )
  // Until all code is compiled.
  await feed.ask<Filled>({ ...load, pushes: 300, bytes: 1_000 })
  delays.length = 0
  if (withSlowReader) {
    const slow = await feed.read(0, () => {})
    slow.pause()
    lines.push(slow)
  }
  const filled = await feed.ask<Filled>(load)
  for (const line of lines) line.terminate()
  await feed.stop()
  return { ...filled, delays: delays.sort((one, other) => one - other) }
}

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MiB`
const percentile = ({ delays }: Run, share: number) => delays[Math.floor(delays.length * share)] ?? Number.NaN
/** Over what it was before, at its highest. */
const growth = ({ memory: [before, ...after] }: Run, of: 'live' | 'rss') =>
  Math.max(...after.map((memory) => memory[of])) - (before?.[of] ?? 0)

function tell(name: string, one: Run): void {
  const [before, after] = [one.memory.at(0), one.memory.at(-1)]
  process.stdout.write(`
${name}: ${one.delays.length} deliveries in ${one.seconds.toFixed(1)} s (${one.cpuSeconds.toFixed(1)} s of processor), p50 ${percentile(one, 0.5).toFixed(2)} ms, p99 ${percentile(one, 0.99).toFixed(2)} ms
  live ${megabytes(before?.live ?? 0)}, at most +${megabytes(growth(one, 'live'))}, after ${megabytes(after?.live ?? 0)}
  rss ${megabytes(before?.rss ?? 0)}, at most +${megabytes(growth(one, 'rss'))}, after ${megabytes(after?.rss ?? 0)}
  members at the end ${one.members}, closed: ${one.closed.join(', ') || 'none'}
`)
}

process.stdout.write(
  `${load.pushes} pushes of ${load.bytes} bytes, ${load.perSecond} a second, to ${readers} readers; the bound is 1 MiB.\n`,
)
const runs: { without: Run[]; with: Run[] } = { without: [], with: [] }
for (const which of ['without', 'with', 'with', 'without'] as const) {
  const one = await run(which === 'with')
  runs[which].push(one)
  tell(which, one)
}

/** Of two runs the better: what else the machine does only ever adds. */
const figure = (of: (one: Run) => number) => ({
  without: Math.min(...runs.without.map(of)),
  with: Math.min(...runs.with.map(of)),
  noise: Math.max(...runs.without.map(of)) - Math.min(...runs.without.map(of)),
})
const live = figure((one) => growth(one, 'live'))
const rss = figure((one) => growth(one, 'rss'))
const cpu = figure(({ cpuSeconds }) => cpuSeconds)
const p99 = figure((one) => percentile(one, 0.99))
const percent = (of: ReturnType<typeof figure>) =>
  `${(((of.with - of.without) / of.without) * 100).toFixed(0)} % (the runs without it differ by ${((of.noise / of.without) * 100).toFixed(0)} %)`
process.stdout.write(`
The slow reader adds, at the highest:
  live memory ${megabytes(live.with - live.without)} (the runs without it differ by ${megabytes(live.noise)})
  rss         ${megabytes(rss.with - rss.without)} (the runs without it differ by ${megabytes(rss.noise)})
  processor   ${percent(cpu)}
  p99         ${percent(p99)}
`)
