import { container } from '#server/container'
import { type LoggedPush, readEntries } from './log-read'

/** How many numbers a page spans: 1 to 200, 201 to 400 and so on, so that those who left at different numbers share it. */
export const pageLength = 200

/** About what a push takes in memory besides its data, in bytes. */
const overhead = 200

interface Page {
  entries: LoggedPush[]
  bytes: number
  readAt: number
}

/**
 * Pages of rooms' logs as they were read just now: all who return to a room at about the same time share one
 * reading. The last page of a room still grows; it serves whomever it has enough for.
 */
export class ReplayPages {
  /** The least recently used first. */
  readonly #kept = new Map<string, Page>()
  #bytes = 0
  readonly #reading = new Map<string, Promise<Page>>()
  readonly #keptBytes: number
  readonly #keptFor: number

  /** How much is kept, about, in bytes, and for how long after it was read, in milliseconds. */
  constructor({ keptBytes = 16 * 1024 * 1024, keptFor = 10_000 } = {}) {
    this.#keptBytes = keptBytes
    this.#keptFor = keptFor
  }

  /**
   * What the log of a room (by key, in that epoch) still holds of the page on which `seq` is, in order, at
   * least as far as `needed`, which the log is known to have reached.
   */
  async read(epoch: string, key: string, seq: number, needed: number): Promise<LoggedPush[]> {
    const first = seq - ((seq - 1) % pageLength)
    const id = `${epoch} ${key} ${first}`
    const serves = (page: Page) => (page.entries.at(-1)?.seq ?? 0) >= Math.min(needed, first + pageLength - 1)
    const kept = this.#recent(id)
    if (kept && serves(kept)) return kept.entries
    const shared = await this.#reading.get(id)
    if (shared && serves(shared)) return shared.entries
    // One that was begun meanwhile began after `needed` was known: what it lacks has been trimmed.
    const page = await (this.#reading.get(id) ?? this.#read(id, key, first))
    return page.entries
  }

  #read(id: string, key: string, first: number): Promise<Page> {
    const reading = readEntries(container().database.prisma, key, first, first + pageLength - 1)
      .then((entries) => {
        const bytes = entries.reduce((sum, { bytes }) => sum + bytes + overhead, 0)
        const page = { entries, bytes, readAt: performance.now() }
        this.#keep(id, page)
        return page
      })
      .finally(() => this.#reading.delete(id))
    this.#reading.set(id, reading)
    return reading
  }

  #recent(id: string): Page | undefined {
    const page = this.#kept.get(id)
    if (!page) return undefined
    // What has been trimmed must not be handed out for long.
    if (performance.now() - page.readAt > this.#keptFor) this.#drop(id)
    else this.#keep(id, page)
    return this.#kept.get(id)
  }

  #keep(id: string, page: Page): void {
    this.#drop(id)
    this.#kept.set(id, page)
    this.#bytes += page.bytes
    for (const leastUsed of this.#kept.keys()) {
      if (this.#bytes <= this.#keptBytes) break
      this.#drop(leastUsed)
    }
  }

  #drop(id: string): void {
    this.#bytes -= this.#kept.get(id)?.bytes ?? 0
    this.#kept.delete(id)
  }
}
