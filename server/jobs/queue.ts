import PgBoss from 'pg-boss'
import { z } from 'zod'
import { container } from '#server/container'
import { jobQueue } from '#server/db/queue-tables'
import { sqlOf } from '#server/db/sql'
import type { Transaction } from '#server/db/transaction'

/**
 * What a row of the queue holds, and in which it differs from its job: it is one run of it. `lost` counts the runs
 * before it, since a person began the job, that died with their process.
 */
const queued = z.object({ jobId: z.uuid(), lost: z.int().nonnegative() })
export type QueuedRun = z.infer<typeof queued> & { runId: string }

/** How often pg-boss looks for what may be archived and deleted, in seconds; of several nodes one does it. */
const tidyEvery = 600

/**
 * The queue of jobs, kept by pg-boss in our own database. A row's id is that of the run, which is also what lets a run
 * write (`Job.runId`), and each change of it goes into the transaction of the job's own: so a job never waits without
 * standing in the queue, and what is done never runs again. pg-boss's own workers are not used: they settle a row in a
 * transaction of their own, without waiting for it.
 */
export class JobQueue {
  readonly #boss = new PgBoss({
    db: { executeSql: (text, values) => container().database.executeSql(text, values) },
    migrate: false,
    schedule: false,
    maintenanceIntervalSeconds: tidyEvery,
  })

  constructor() {
    // It carries on by itself; without a listener the process would end.
    this.#boss.on('error', (error) => container().log.warn({ err: error }, 'the queue of jobs could not be tidied'))
  }

  /** Begins to tidy. All else works before. */
  async start(): Promise<void> {
    await this.#boss.start()
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: false })
  }

  /** Puts a run into the queue. */
  async add(tx: Transaction, { runId, jobId, lost }: QueuedRun): Promise<void> {
    await this.#boss.send(jobQueue, { jobId, lost }, { id: runId, db: sqlOf(tx) })
  }

  /** The one that has waited longest, which is no other node's any more; null when none waits. */
  async take(tx: Transaction): Promise<QueuedRun | null> {
    const [row] = await this.#boss.fetch(jobQueue, { db: sqlOf(tx) })
    return row ? { ...queued.parse(row.data), runId: row.id } : null
  }

  /** How often the job had been lost before this run; 0 for one that the queue does not know any more. */
  async lostBefore(tx: Transaction, runId: string): Promise<number> {
    // Not by pg-boss's getJobById, whose intervals Prisma cannot read.
    const text = 'SELECT data FROM pgboss.job WHERE name = $1 AND id = $2::uuid'
    const { rows } = await sqlOf(tx).executeSql(text, [jobQueue, runId])
    return rows[0] ? queued.parse(rows[0].data).lost : 0
  }

  /** Says how a run has ended, one that still waits included. pg-boss keeps that for some days. */
  async settle(tx: Transaction, runId: string, how: 'complete' | 'fail' | 'cancel'): Promise<void> {
    const options = { db: sqlOf(tx) }
    if (how === 'complete') await this.#boss.complete(jobQueue, runId, {}, options)
    else if (how === 'fail') await this.#boss.fail(jobQueue, runId, {}, options)
    else await this.#boss.cancel(jobQueue, runId, options)
  }
}
