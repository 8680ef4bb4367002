import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { container } from '#server/container'
import type { PlanTask } from '#server/models/order-plan-run'
import { defineNodeMessage } from '#server/realtime/node-messages'
import { PlanRun } from './plan-run'

const halted = defineNodeMessage('plan-halted', z.object({ run: z.uuid() }))

/** The most calculations a node takes on, those that wait included. */
const most = 20

interface Limits {
  /** How many calculate at once. */
  atOnce?: number
  /** How much memory each may take, in megabytes. */
  megabytes?: number
}

/**
 * The calculations of delivery plans on this node, each in a thread of its own; one processor stays free for
 * everything else. Who comes when all are taken waits, first come, first served.
 */
export class PlanRuns {
  readonly #runs = new Map<string, PlanRun>()
  readonly #atOnce: number
  readonly #megabytes: number
  #closed = false

  constructor({ atOnce = Math.max(1, availableParallelism() - 1), megabytes = 256 }: Limits = {}) {
    this.#atOnce = atOnce
    this.#megabytes = megabytes
  }

  /** Hears from now on what other nodes have cancelled. Call it once the container is filled. */
  start(): void {
    container().nodeMessages.listen(halted, ({ run }) => void this.#runs.get(run)?.halt())
  }

  /** How many are under way here, those that wait included. */
  get size(): number {
    return this.#runs.size
  }

  /** Whether to ask again later. */
  get full(): boolean {
    return this.#closed || this.size >= most
  }

  /** Takes on a calculation whose lock is held; it frees the lock in the end, however it ends. */
  begin(task: PlanTask): void {
    const { run } = task
    const begun = new PlanRun(task, () => {
      this.#runs.delete(run)
      this.#next()
    })
    this.#runs.set(run, begun)
    if (this.#closed) void begun.leave()
    else this.#next()
  }

  /** Stops a calculation, on whichever node, whose lock has been freed. A node that does not hear finds out by the lock. */
  halt(run: string): void {
    void this.#runs.get(run)?.halt()
    container().nodeMessages.tell(halted, { run })
  }

  /** Stops all, frees their locks and says so. Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#runs.values()].map((run) => run.leave()))
  }

  #next(): void {
    if (this.#closed) return
    const runs = [...this.#runs.values()]
    const free = this.#atOnce - runs.filter(({ working }) => working).length
    for (const run of runs.filter(({ working }) => !working).slice(0, Math.max(0, free))) run.work(this.#megabytes)
  }
}
