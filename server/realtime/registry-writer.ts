import { container } from '#server/container'
import { type Connection, deleteConnections, writeConnections } from '#server/models/connection'

/** The most rows of one statement: the embedded database works on the thread that serves everyone. */
const largestBatch = 500

/**
 * Writes what has changed of this node's connections to the database, all of a short while together: a server
 * that comes back is joined by thousands at once. Whoever reports a change waits for nothing.
 */
export class ConnectionWriter {
  #changed = new Set<string>()
  #closed = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #stopped = false
  #failing = false

  constructor(
    private readonly nodeId: string,
    private readonly open: ReadonlyMap<string, Connection>,
    private readonly writeEvery: number,
  ) {}

  changed(id: string): void {
    this.#changed.add(id)
    this.#schedule()
  }

  /** Deleted even when it was never written, as far as we know: a write may have been done and its answer lost. */
  closed(id: string): void {
    this.#changed.delete(id)
    this.#closed.add(id)
    this.#schedule()
  }

  /** Resolves when nothing is written any more; what waits stays unwritten. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#writing
  }

  /** One batch at a time: of two, the older could be the last to arrive. */
  #schedule(): void {
    if (this.#timer || this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#writing = this.#writeBatch().then(() => {
        this.#timer = undefined
        if (this.#changed.size > 0 || this.#closed.size > 0) this.#schedule()
      })
    }, this.writeEvery).unref()
  }

  async #writeBatch(): Promise<void> {
    const changed = takeSome(this.#changed)
    const closed = takeSome(this.#closed)
    try {
      await writeConnections(
        this.nodeId,
        changed.flatMap((id) => this.open.get(id) ?? []),
      )
      await deleteConnections(this.nodeId, closed)
      this.#failing = false
    } catch (error) {
      for (const id of changed) if (this.open.has(id)) this.#changed.add(id)
      for (const id of closed) this.#closed.add(id)
      if (!this.#failing) container().log.warn({ err: error }, 'connections could not be written; it is tried again')
      this.#failing = true
    }
  }
}

function takeSome(ids: Set<string>): string[] {
  const taken = [...ids].slice(0, largestBatch)
  for (const id of taken) ids.delete(id)
  return taken
}
