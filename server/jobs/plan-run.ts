import { Worker } from 'node:worker_threads'
import { type Outcome, plan } from '#channels/plan'
import { container } from '#server/container'
import { renewEvery, renewLock } from '#server/models/busy-lock'
import { planLock } from '#server/models/order-plan'
import { finishPlan, giveUpPlan, type PlanTask } from '#server/models/order-plan-run'
import type { PlanWord, PlanWork } from './plan-worker'
import type { Found } from './routing/search'

/**
 * The worker is TypeScript, like the server itself; but tsx, given by `--import`, stays out of threads, so it is asked
 * for by name, in production and in tests alike.
 */
const script = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(${JSON.stringify(new URL('./plan-worker.ts', import.meta.url).href)})
})`

const failed = (why: string): Outcome => ({ is: 'failed', why })

/** One calculation on this node, from taking the lock to freeing it: it waits for its turn, works, and is over. */
export class PlanRun {
  #worker: Worker | undefined
  #over = false
  #ending: Promise<void> = Promise.resolve()
  readonly #renewing: NodeJS.Timeout

  /** `ended` is called once, when nothing of it is left. */
  constructor(
    private readonly task: PlanTask,
    private readonly ended: () => void,
  ) {
    this.#tell({ done: 0, total: 0, best: null }, true)
    this.#renewing = setInterval(() => void this.#renew(), renewEvery)
  }

  get working(): boolean {
    return this.#worker !== undefined
  }

  /** Its turn has come. The worker may take so many megabytes of memory. */
  work(megabytes: number): void {
    if (this.#over) return
    this.#tell({ done: 0, total: 0, best: null })
    try {
      this.#worker = this.#start(megabytes)
    } catch (error) {
      this.#fail(error)
    }
  }

  #start(megabytes: number): Worker {
    const { problem, effort } = this.task
    const workerData: PlanWork = { problem, effort }
    // Nothing of how this process was started: a debugger's port, say.
    const options = { eval: true, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: megabytes } }
    const worker = new Worker(script, { ...options, workerData })
    worker.on('message', (word: PlanWord) => {
      if ('found' in word) this.#tell(word.found)
      else void this.#end(() => finishPlan(this.task, word.delivery))
    })
    worker.on('error', (error) => this.#fail(error))
    worker.on('exit', () => void this.#giveUp(failed('The calculation stopped by itself.')))
    return worker
  }

  #fail(error: unknown): void {
    container().log.error({ err: error, order: this.task.orderId }, 'a delivery plan could not be calculated')
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    const why = tooLarge ? 'It needed more memory than it may have.' : 'Something went wrong in the calculation.'
    void this.#giveUp(failed(why))
  }

  /** Stops working without a word: the lock has been freed by somebody else, who has said so. */
  halt(): Promise<void> {
    return this.#end(async () => {})
  }

  /** Stops working because this node ends, and frees the lock. Resolves when that is done. */
  leave(): Promise<void> {
    return this.#giveUp({ is: 'lost' })
  }

  #giveUp(outcome: Outcome): Promise<void> {
    return this.#end(() => giveUpPlan(this.task, outcome))
  }

  /** The first end counts. Never rejects: a lock that cannot be freed runs out. */
  #end(settle: () => Promise<unknown>): Promise<void> {
    if (this.#over) return this.#ending
    this.#over = true
    const { orderId, run } = this.task
    this.#ending = (async () => {
      try {
        await settle()
      } catch (error) {
        container().log.error({ err: error, order: orderId }, 'the end of a calculation could not be written')
      }
      clearInterval(this.#renewing)
      container().latest.withdraw(plan, orderId, 'progressed', run)
      await this.#worker?.terminate()
      this.ended()
    })()
    return this.#ending
  }

  async #renew(): Promise<void> {
    const { orderId, run } = this.task
    try {
      if (!(await renewLock(planLock(orderId), run))) await this.#giveUp({ is: 'lost' })
    } catch (error) {
      container().log.warn({ err: error, order: orderId }, 'a busy lock could not be renewed; it is tried again')
    }
  }

  #tell(found: Found, waiting = false): void {
    if (this.#over) return
    const { orderId, run, effort } = this.task
    container().latest.put(plan, orderId, 'progressed', { run, effort, waiting, ...found })
  }
}
