import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { container } from '#server/container'
import type { Transaction } from '#server/db/transaction'
import { handBack, recoverRuns } from '#server/models/job-recover'
import type { ClaimedJob, JobRow } from '#server/models/job-row'
import { claimRun, renewEvery, renewRuns } from '#server/models/job-run'
import { refuse } from '#server/refusal'
import { Due } from './due'
import { jobCancelled, jobWaiting } from './job-messages'
import { JobQueue } from './queue'
import { type AnyJobKind, type JobKinds, Run, takesBack } from './run'

/** How many runs a node carries out at the same time. */
const mostRuns = 2
/** So that what is due has come when it is looked for, in milliseconds. */
const justAfter = 50
/** What has not stopped by then when the node ends is given back without it, in milliseconds. */
const stopWithin = 4_000

/**
 * Carries out the jobs of this node. It looks for what waits when it is told that something does, and every 5 s; of
 * several nodes any may carry out any job. The database alone decides who may write; messages between nodes only make
 * it quick.
 */
export class JobRunner {
  readonly queue = new JobQueue()
  readonly #runs = new Map<Run, Promise<void>>()
  readonly #due = new Due('jobs', () => this.#look())
  #stopped: Promise<void> | undefined

  constructor(readonly kinds: JobKinds) {}

  async start(): Promise<void> {
    const { nodeMessages, node } = container()
    nodeMessages.listen(jobWaiting, () => this.#due.look())
    nodeMessages.listen(jobCancelled, ({ id }) => {
      for (const run of this.#runs.keys()) if (run.job.id === id) run.stop('cancelled')
    })
    node.onDead(() => this.#due.look())
    await this.queue.start()
    this.#due.start()
  }

  /** Gives back what has not ended. Resolves when nothing is under way any more, within some seconds. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  /** Has the nodes look for what waits once the transaction is committed. */
  wakeAfter(tx: Transaction): void {
    tx.afterCommit(() => container().nodeMessages.tell(jobWaiting, {}))
  }

  /** Has whichever node runs the job stop it once the transaction is committed. */
  cancelAfter(tx: Transaction, id: string): void {
    tx.afterCommit(() => container().nodeMessages.tell(jobCancelled, { id }))
  }

  /** Whether a job that waits has done something that a run has to take back; of an unknown kind that may be. */
  takesBack(job: JobRow): boolean {
    const kind = this.kinds[job.kind]
    return kind ? takesBack(kind, job) : job.cursor !== null
  }

  async #look(): Promise<number | null> {
    await this.#renew()
    const own = [...this.#runs.keys()].map(({ job }) => job.runId)
    const { waiting, next } = await recoverRuns(own)
    while (waiting && this.#runs.size < mostRuns && !this.#stopped) {
      const claimed = await claimRun()
      if (!claimed) break
      this.#begin(claimed)
    }
    const renew = this.#runs.size > 0 ? renewEvery : null
    const soonest = [renew, next].filter((one) => one !== null)
    return soonest.length > 0 ? Date.now() + Math.max(justAfter, Math.min(...soonest) + justAfter) : null
  }

  async #renew(): Promise<void> {
    const runs = [...this.#runs.keys()]
    if (runs.length === 0) return
    const { cancelled, over } = await renewRuns(runs.map(({ job }) => job.runId))
    for (const run of runs) {
      if (cancelled.includes(run.job.runId)) run.stop('cancelled')
      // One that has just ended is over too, and stops nothing.
      if (over.includes(run.job.runId)) run.stop('over')
    }
  }

  #begin(claimed: ClaimedJob): void {
    const run = new Run(claimed, this.kinds[claimed.kind] ?? unknownKind)
    const { log } = container()
    const ended = run
      .carryOut()
      .catch((error: unknown) =>
        log.error({ err: error, job: claimed.id }, 'a job could not be ended; it goes on later'),
      )
      .finally(() => {
        this.#runs.delete(run)
        this.#due.look()
      })
    this.#runs.set(run, ended)
  }

  async #stop(): Promise<void> {
    const looked = this.#due.stop()
    for (const run of this.#runs.keys()) run.stop('closing')
    await looked
    // One that was begun by the last look.
    for (const run of this.#runs.keys()) run.stop('closing')
    const late = new AbortController()
    const ended = Promise.all(this.#runs.values()).finally(() => late.abort())
    await Promise.race([ended, sleep(stopWithin, undefined, { signal: late.signal, ref: false }).catch(() => {})])
    for (const { job } of this.#runs.keys()) {
      container().log.warn({ job: job.id }, 'a job did not stop in time; it goes on from its last step')
      await handBack(job)
    }
    await this.queue.stop()
  }
}

/** One of a newer version, during a deploy. */
const unknownKind: AnyJobKind = {
  kind: 'unknown',
  input: z.unknown(),
  cursor: z.unknown(),
  result: z.unknown(),
  run: async () => refuse('unavailable', 'This server does not know jobs of this kind.'),
}
