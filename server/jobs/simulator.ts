import { endSimulator, readSimulator } from '#server/models/simulator'
import { type Catalogue, readCatalogue } from '#server/models/simulator-orders'
import { freeSimulator, simulate, takeSimulator } from '#server/models/simulator-step'
import { Due } from './due'

/** How often something happens, in milliseconds; at full speed it is ten orders at a time. */
const every = 1_000
/** What was missed for longer than this is not made up for, in milliseconds. */
const madeUpFor = 3_000
/** New products and customers are ordered and order by then, in milliseconds. */
const rememberFor = 60_000

/**
 * Keeps the workshop going while an admin has it so: orders come in and are made. Whether it runs stands in the
 * database, so it goes on after a restart; of several nodes one does it, and another takes over within seconds of its
 * end. What fails is logged and tried again.
 */
export class Simulator {
  readonly #due = new Due('the simulator', () => this.#act())
  #token: string | null = null
  #actedAt = 0
  #catalogue: { at: number; known: Catalogue } | undefined

  start(): void {
    this.#due.start()
  }

  /** Looks now: it was started, stopped or given another speed on this node. */
  look(): void {
    this.#due.look()
  }

  /** Resolves when nothing is under way any more, and another node may go on. */
  async stop(): Promise<void> {
    await this.#due.stop()
    await this.#release()
  }

  async #act(): Promise<number | null> {
    const { run } = await readSimulator()
    const now = Date.now()
    if (run && run.until <= now) await endSimulator()
    if (!run || run.until <= now) {
      await this.#release()
      return null
    }
    if (now - this.#actedAt < every) return this.#actedAt + every
    this.#token ??= await takeSimulator()
    if (this.#token === null) return null
    const missed = now - this.#actedAt
    const seconds = (missed > madeUpFor ? every : missed) / 1_000
    this.#actedAt = now
    if (!(await simulate(this.#token, run, await this.#known(now), { now, seconds }))) this.#token = null
    return now + every
  }

  async #known(now: number): Promise<Catalogue> {
    if (!this.#catalogue || now - this.#catalogue.at > rememberFor) {
      this.#catalogue = { at: now, known: await readCatalogue() }
    }
    return this.#catalogue.known
  }

  async #release(): Promise<void> {
    const token = this.#token
    this.#token = null
    if (token !== null) await freeSimulator(token)
  }
}
