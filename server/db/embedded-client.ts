import { setImmediate as turn } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'

/**
 * PGlite works in this thread, and what waits for it is continued by promises alone: a few hundred queries would
 * run one after another while no socket, timer or signal is served. So the event loop gets a turn every few
 * milliseconds, between two queries.
 */
export class EmbeddedClient extends PGlite {
  #turned = 0

  static async open(folder?: string): Promise<EmbeddedClient> {
    // A commit is answered only after it was written, which a killed process cannot undo. A power cut could:
    // PGlite has no fsync.
    const client = new EmbeddedClient({ dataDir: folder, relaxedDurability: false })
    await client.waitReady
    return client
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
