import type { Position, Pushed } from '#channels/wire'
import type { LoggedPush } from './log-read'
import { ReplayPages } from './replay-pages'

/** The most pushes a client is led through; whoever is further behind gets the state instead. */
const longestReplay = 5_000

/** About how much one answer carries, in bytes of data as text; one push it carries in any case. */
const answerBytes = 256 * 1024

export interface Replay {
  pushes: Pushed[]
  /** Where these pushes end. */
  position: Position
  /** The log goes further: join again from there. */
  more?: true
}

/** Answers joins with what the log holds after the client's position, page by page. */
export class Replays {
  readonly #pages = new ReplayPages()

  /**
   * The next pushes after `since` in the log of a room, by key, which stands at `now`. Null when the log cannot
   * tell: another epoch, a number it never gave out, entries trimmed, or more of them than are led through.
   */
  async after(key: string, since: Position, now: Position): Promise<Replay | null> {
    const missing = now.seq - since.seq
    if (since.epoch !== now.epoch || missing < 0 || missing > longestReplay) return null
    if (missing === 0) return { pushes: [], position: now }
    const page = await this.#pages.read(now.epoch, key, since.seq + 1, now.seq)
    const entries = fitting(page.filter(({ seq }) => seq > since.seq))
    const last = entries.at(-1)
    // The numbers have no gaps; where one is missing it has been trimmed.
    if (!last || last.seq - since.seq !== entries.length) return null
    const position = { epoch: now.epoch, seq: last.seq }
    const pushes = entries.map(({ bytes: _, ...pushed }) => pushed)
    return last.seq < now.seq ? { pushes, position, more: true } : { pushes, position }
  }
}

/** As many of the first as one answer carries. */
function fitting(entries: LoggedPush[]): LoggedPush[] {
  let bytes = 0
  return entries.filter((entry, index) => {
    bytes += entry.bytes
    return index === 0 || bytes <= answerBytes
  })
}
