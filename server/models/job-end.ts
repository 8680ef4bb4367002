import { container } from '#server/container'
import { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { addLine } from '#server/models/job-line'
import { type ClaimedJob, type JobRow, jobRow, lockRun, tellJob } from '#server/models/job-row'
import { notify } from '#server/models/notification'

/** How a job has ended. `taken` says whether what it had done was taken back, could not be, or stays for a retry. */
export type Ending =
  | { state: 'done'; result: unknown; done: number; total: number | null }
  | { state: 'failed'; failure: string; taken: 'back' | 'not' | 'stays' }
  | { state: 'cancelled'; taken: 'back' | 'stays' }

/**
 * Ends a run's job. Resolves with whether it has: not when the run may not write any more, nor when it was to be
 * `done` and has been cancelled in the last moment.
 */
export function endRun({ id, runId }: ClaimedJob, ending: Ending): Promise<boolean> {
  return transaction(async (tx) => {
    const held = await lockRun(tx, id, runId)
    if (!held || (ending.state === 'done' && held.cancelledAt)) return false
    await endJob(tx, held, ending)
    return true
  })
}

/** The end of a job that is locked: its row, its log, its place in the queue, and its owner's notification. */
export async function endJob(tx: Transaction, held: JobRow, ending: Ending): Promise<void> {
  const { id, runId } = held
  const { state } = ending
  const row = await tx.job.update({
    where: { id },
    data: {
      state,
      endedAt: new Date(),
      nodeId: null,
      aliveUntil: null,
      version: { increment: 1 },
      ...(state === 'done'
        ? { result: asJson(ending.result), done: ending.done, total: ending.total, cursor: Prisma.DbNull }
        : ending.taken === 'back' && { cursor: Prisma.DbNull, done: 0 }),
      ...(state === 'failed' && { failure: ending.failure }),
    },
    select: jobRow,
  })
  const { queue } = container().work.jobs
  if (runId) await queue.settle(tx, runId, state === 'done' ? 'complete' : state === 'failed' ? 'fail' : 'cancel')
  await addLine(tx, id, state === 'failed' ? 'error' : 'info', lastLine(ending))
  await tellOwner(tx, row)
  await tellJob(tx, row)
}

const takenWords = {
  back: ' What it had done was taken back.',
  not: ' What it had done could not be taken back.',
  stays: '',
}

function lastLine(ending: Ending): string {
  if (ending.state === 'done') return 'Done.'
  if (ending.state === 'cancelled') return `Stopped.${takenWords[ending.taken]}`
  return `Failed: ${ending.failure}${takenWords[ending.taken]}`
}

/** Of a cancellation they were told when it was asked for. */
async function tellOwner(tx: Transaction, { id, title, state, failure, attempt, owner }: JobRow): Promise<void> {
  if (state === 'cancelled') return
  await notify(tx, {
    userIds: [owner.id],
    kind: 'job',
    about: `job/${id}/${attempt}`,
    title: `${state === 'done' ? 'Done' : 'Failed'}: ${title}`,
    body: state === 'done' ? 'Open it to see what came of it.' : (failure ?? ''),
    href: `/jobs/${id}`,
  })
}

/** As a column of JSON takes it. */
function asJson(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === null || value === undefined ? Prisma.DbNull : (value as Prisma.InputJsonValue)
}
