import { setTimeout as sleep } from 'node:timers/promises'
import type { Pushed } from '#channels/wire'
import { Feed } from './feed'
import type { Quoted } from './feed-server'

/**
 * Shows what a producer of 10,000 values a second over 50 keys costs its viewers: ten frames a second each, of
 * every key the newest, and at the end the last values.
 *
 *   npm run bench -- bench/latest.ts
 */
const load = { ask: 'quote', keys: 50, perSecond: 10_000, seconds: 10 } as const
const viewers = 20

interface Viewer {
  frames: number[]
  pushes: number
  bytes: number
  held: Record<string, number>
}

const feed = await Feed.start()
const all: Viewer[] = Array.from({ length: viewers }, () => ({ frames: [], pushes: 0, bytes: 0, held: {} }))
const lines = await Promise.all(
  all.map((viewer, person) =>
    feed.read(person, (frame) => {
      viewer.frames.push(performance.now())
      viewer.bytes += frame.length
      // The server of this program's own, which says what channels/wire.ts says.
      const [, { pushes }] = JSON.parse(frame.toString('utf8', 2)) as [string, { pushes: Pushed[] }]
      viewer.pushes += pushes.length
      for (const { data } of pushes) {
        const { symbol, price } = data as { symbol: string; price: number }
        viewer.held[symbol] = price
      }
    }),
  ),
)
const { published, seconds, longest, last } = await feed.ask<Quoted>(load)
const isDone = ({ held }: Viewer) => JSON.stringify(sorted(held)) === JSON.stringify(sorted(last))
for (let waited = 0; waited < 2_000 && !all.every(isDone); waited += 50) await sleep(50)

const frames = all.map((viewer) => viewer.frames.length)
process.stdout.write(`
${published} values in ${seconds.toFixed(1)} s over ${load.keys} keys (${Math.round(published / seconds)} a second), to ${viewers} viewers
publishing one took ${longest.toFixed(2)} ms at the longest
frames to a viewer: ${Math.min(...frames)} to ${Math.max(...frames)}, at most ${Math.max(...all.map(({ frames }) => mostInASecond(frames)))} in any second
values to a viewer: ${all[0]?.pushes} of ${published}, ${Math.round((all[0]?.bytes ?? 0) / seconds / 1_024)} KiB a second
viewers that hold the last value of every key: ${all.filter(isDone).length} of ${viewers}
`)
for (const line of lines) line.terminate()
await feed.stop()

function sorted(values: Record<string, number>): [string, number][] {
  return Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))
}

/** As they came; some may be a little late, and those after them not. */
function mostInASecond(times: number[]): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length))
}
