import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { addLine } from '#server/models/job-line'
import { type ClaimedJob, jobRow, lockRun, tellJob } from '#server/models/job-row'

/** For how long a run is taken to be alive after it has said so, in milliseconds, and how often it does. */
export const aliveFor = 10_000
export const renewEvery = 2_000

/** What a run tells that it has come to; `cursor` is whatever its kind goes on from. */
export interface Reached {
  cursor: unknown
  done: number
  total: number | null
}

/** Another run has taken over, or the job was cancelled: what is being done comes to nothing. */
export class RunOver extends Error {
  override readonly name = 'RunOver'
}

/** Takes on the run that has waited longest; null when none waits. Of several nodes each run is taken by one. */
export function claimRun(): Promise<ClaimedJob | null> {
  const { node, work } = container()
  return transaction(async (tx) => {
    for (;;) {
      const queued = await work.jobs.queue.take(tx)
      if (!queued) return null
      const { jobId, runId } = queued
      const claimed = await tx.$executeRaw`
        UPDATE job SET state = 'running', node_id = ${node.id}::uuid, version = version + 1,
          alive_until = now() + ${aliveFor} * interval '1 ms', started_at = coalesce(started_at, now())
        WHERE id = ${jobId}::uuid AND run_id = ${runId}::uuid AND state = 'waiting'`
      // Deleted meanwhile, or begun anew: then another row stands in the queue for it.
      if (claimed === 0) {
        await work.jobs.queue.settle(tx, runId, 'cancel')
        continue
      }
      const row = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select: jobRow })
      await tellJob(tx, row)
      return { ...row, runId }
    }
  })
}

/** Carries out one step with what it reached, or nothing of it. Rejects with RunOver when the run may not write any more. */
export function takeStep(
  { id, runId }: Pick<ClaimedJob, 'id' | 'runId'>,
  work: (tx: Transaction) => Promise<Reached>,
): Promise<Reached> {
  return transaction(async (tx) => {
    const reached = await work(tx)
    const { cursor, done, total } = reached
    const written = await tx.$executeRaw`
      UPDATE job SET cursor = ${JSON.stringify(cursor)}::jsonb, done = ${done}, total = ${total}::int
      WHERE id = ${id}::uuid AND run_id = ${runId}::uuid AND state = 'running' AND cancelled_at IS NULL`
    if (written === 0) throw new RunOver('The run is over.')
    return reached
  })
}

/** Adds a line to the log, if the run may still write. */
export function sayInRun(
  { id, runId }: Pick<ClaimedJob, 'id' | 'runId'>,
  level: 'info' | 'warning' | 'error',
  text: string,
): Promise<void> {
  return transaction(async (tx) => {
    if (!(await lockRun(tx, id, runId))) throw new RunOver('The run is over.')
    await addLine(tx, id, level, text)
  })
}

/** Notes why a job failed, before what it had done is taken back: whoever goes on after a kill takes back, and no more. */
export function noteFailure({ id, runId }: ClaimedJob, failure: string): Promise<void> {
  return transaction(async (tx) => {
    if (!(await lockRun(tx, id, runId))) throw new RunOver('The run is over.')
    const row = await tx.job.update({
      where: { id },
      data: { failure, version: { increment: 1 } },
      select: jobRow,
    })
    await tellJob(tx, row)
  })
}

/**
 * Says that these runs are alive. Resolves with those of them that are to stop: because their job was cancelled, or
 * because they were taken for dead.
 */
export async function renewRuns(runIds: string[]): Promise<{ cancelled: string[]; over: string[] }> {
  const alive = await container().database.prisma.$queryRaw<{ runId: string; cancelled: boolean }[]>`
    UPDATE job SET alive_until = now() + ${aliveFor} * interval '1 ms'
    WHERE run_id = ANY(${runIds}::uuid[]) AND state = 'running'
    RETURNING run_id::text AS "runId", cancelled_at IS NOT NULL AS cancelled`
  return {
    cancelled: alive.flatMap(({ runId, cancelled }) => (cancelled ? [runId] : [])),
    over: runIds.filter((runId) => !alive.some((one) => one.runId === runId)),
  }
}
