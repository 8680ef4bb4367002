import { container } from '#server/container'
import { Gather } from '#server/gather'
import { appendToLog, type Publication } from './log-append'

/**
 * Writes stream pushes that belong to no change of data: what is published while a statement is under way goes
 * to the log with the next one, in the order it was published.
 */
export class LogWriter {
  readonly #appends = new Gather<Publication, undefined>((publications) => this.#write(publications), 200)

  /** Resolves once the push is in the log and on its way to the members of its room. */
  async publish(publication: Publication): Promise<void> {
    await this.#appends.ask(publication)
  }

  async #write(publications: Publication[]): Promise<(publication: Publication) => undefined | Promise<never>> {
    const failed = new Map<Publication, unknown>()
    try {
      await append(publications)
    } catch (error) {
      if (publications.length === 1 || !failedAsStatement(error)) throw error
      // One that the database refuses, such as for a NUL in a text, must not take the others with it; in order.
      for (const publication of publications) {
        await append([publication]).catch((error: unknown) => failed.set(publication, error))
      }
    }
    return (publication) => (failed.has(publication) ? Promise.reject(failed.get(publication)) : undefined)
  }
}

async function append(publications: Publication[]): Promise<void> {
  const { database, delivery } = container()
  for (const { channel, room, pushed } of await appendToLog(database.prisma, publications)) {
    delivery.send(channel, room, pushed)
  }
}

/** Prisma's code for a raw statement that the database refused, so that nothing of it was written; after any other error it may have been. */
function failedAsStatement(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2010'
}
