import { randomUUID } from 'node:crypto'
import { jobUnits } from '#channels/job'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { endJob } from '#server/models/job-end'
import { addLine } from '#server/models/job-line'
import { type ClaimedJob, type JobRow, jobRow, lockRun, tellJob } from '#server/models/job-row'

/** After how many runs that died with their process a job is given up. */
const mostLost = 3

/** Gives a run back that this node cannot end: whichever node is free goes on from its last step. */
export function handBack({ id, runId }: ClaimedJob): Promise<void> {
  return transaction(async (tx) => {
    const held = await lockRun(tx, id, runId)
    if (!held) return
    const { queue } = container().work.jobs
    await queue.settle(tx, runId, 'cancel')
    await addLine(tx, id, 'info', `The server is restarting; ${goesOn(held)}`)
    await queueAgain(tx, held, { lost: await queue.lostBefore(tx, runId) })
  })
}

/**
 * Has those jobs go on whose process is gone: its node is no more, or their run has not said for too long that it is
 * alive. `own` are the runs of this node. Each is found by one node alone. Resolves with whether any run waits, and
 * with in how many milliseconds the next run of another node is due to say something, if any is.
 */
export async function recoverRuns(own: string[]): Promise<{ waiting: boolean; next: number | null }> {
  const runs = await container().database.prisma.$queryRaw<{ id: string | null; lost: boolean; left: number }[]>`
    SELECT id::text, alive_until < now() OR NOT EXISTS (SELECT FROM node WHERE node.id = job.node_id) AS lost,
      (extract(epoch FROM alive_until - now()) * 1000)::float8 AS "left"
    FROM job WHERE state = 'running' AND NOT (run_id = ANY(${own}::uuid[]))
    UNION ALL (SELECT NULL, false, 0 FROM job WHERE state = 'waiting' LIMIT 1)`
  for (const { id, lost } of runs) if (id !== null && lost) await recoverRun(id)
  const left = runs.flatMap((run) => (run.id === null || run.lost ? [] : [run.left]))
  return { waiting: runs.some(({ id, lost }) => id === null || lost), next: left.length > 0 ? Math.min(...left) : null }
}

function recoverRun(id: string): Promise<void> {
  return transaction(async (tx) => {
    const [still] = await tx.$queryRaw<{ runId: string }[]>`
      SELECT run_id::text AS "runId" FROM job WHERE id = ${id}::uuid AND state = 'running'
        AND (alive_until < now() OR NOT EXISTS (SELECT FROM node WHERE node.id = job.node_id))
      FOR UPDATE`
    if (!still) return
    const held = await tx.job.findUniqueOrThrow({ where: { id }, select: jobRow })
    const { queue } = container().work.jobs
    const lost = (await queue.lostBefore(tx, still.runId)) + 1
    await queue.settle(tx, still.runId, 'fail')
    const failure = `The server was stopped ${mostLost} times while this ran.`
    if (lost > mostLost) return endJob(tx, held, { state: 'failed', failure: held.failure ?? failure, taken: 'not' })
    const over = held.cancelledAt !== null || held.failure !== null
    const givenUp = lost === mostLost && !over
    const then = givenUp ? 'it is not tried again.' : over ? 'what it had done is taken back.' : goesOn(held)
    await addLine(tx, id, 'warning', `The server was stopped while this ran; ${then}`)
    await queueAgain(tx, held, { lost, attempt: held.attempt + 1, ...(givenUp && { failure }) })
  })
}

/** Puts a job that was running back into the queue, as it was at its last step. */
async function queueAgain(
  tx: Transaction,
  { id }: JobRow,
  { lost, ...change }: { lost: number; attempt?: number; failure?: string },
): Promise<void> {
  const runId = randomUUID()
  const row = await tx.job.update({
    where: { id },
    data: { ...change, state: 'waiting', runId, nodeId: null, aliveUntil: null, version: { increment: 1 } },
    select: jobRow,
  })
  const { jobs } = container().work
  await jobs.queue.add(tx, { runId, jobId: id, lost })
  await tellJob(tx, row)
  jobs.wakeAfter(tx)
}

function goesOn({ kind, done }: JobRow): string {
  return done === 0
    ? 'it begins from the start.'
    : `it goes on from ${jobUnits[kind].one} ${done.toLocaleString('en')}.`
}
