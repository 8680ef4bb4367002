import { setImmediate as turn } from 'node:timers/promises'
import { type ParserOptions, PGlite } from '@electric-sql/pglite'

/**
 * PGlite works in this thread, and what waits for it is continued by promises alone: a few hundred queries would
 * run one after another while no socket, timer or signal is served. So the event loop gets a turn every few
 * milliseconds, between two queries.
 */
export class EmbeddedClient extends PGlite {
  #turned = 0
  /** How PGlite would read the types that `readBy` has changed. */
  #own: PGlite['parsers'] | undefined

  static async open(folder?: string): Promise<EmbeddedClient> {
    // A commit is answered only after it was written, which a killed process cannot undo. A power cut could:
    // PGlite has no fsync.
    const client = new EmbeddedClient({ dataDir: folder, relaxedDurability: false })
    await client.waitReady
    return client
  }

  /** As in sql.ts. A script that fails half way is rolled back. */
  async executeSql(text: string, values: unknown[] = []): Promise<{ rows: Record<string, unknown>[] }> {
    const options = { parsers: this.#own }
    if (values.length > 0) return this.query<Record<string, unknown>>(text, values, options)
    try {
      const results = await this.exec(text, options)
      return { rows: results.at(-1)?.rows ?? [] }
    } catch (error) {
      // It may have begun a transaction.
      await this.exec('ROLLBACK')
      throw error
    }
  }

  /**
   * From now on the values of every query are read by these, under the numbers of their types. Where they are given
   * with each query, PGlite merges them with three hundred of its own each time: of a small query that was a third.
   */
  readBy(parsers: ParserOptions): void {
    if (this.#own) return
    this.#own = Object.fromEntries(Object.keys(parsers).map((type) => [type, this.parsers[type] ?? String]))
    Object.assign(this.parsers, parsers)
  }

  async giveTurn(): Promise<void> {
    if (performance.now() - this.#turned < 5) return
    await turn()
    this.#turned = performance.now()
  }

  // Called after every query outside a transaction, before the next one may start.
  override async syncToFs(): Promise<void> {
    await super.syncToFs()
    await this.giveTurn()
  }
}
