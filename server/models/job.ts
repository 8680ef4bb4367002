import { randomUUID } from 'node:crypto'
import { roomKey } from '#channels/contract'
import { type JobKind, type JobVisibility, jobChannel } from '#channels/job'
import { mostActiveJobs, type NewJob, newJob } from '#channels/jobs'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { addLine } from '#server/models/job-line'
import { type Actor, jobRow, tellJob } from '#server/models/job-row'
import { refuse } from '#server/refusal'

interface AddedJob {
  id: string
  kind: JobKind
  title: string
  input: Prisma.InputJsonValue
  visibility: JobVisibility
  /** In units of its kind, where it is known. */
  total?: number
}

/**
 * Starts a report or a repricing under an id that its person has chosen: started again, it is the same job, whatever
 * has become of it. Refuses with `invalid`, and as `isStarted` and `addJob` do.
 */
export async function startJob(actor: Actor, input: NewJob): Promise<{ id: string }> {
  const { id, kind, input: given, visibility } = parseInput(newJob, input)
  const title = kind === 'report' ? 'Report over all orders' : `New prices, by ${given.most} % at most`
  return transaction(async (tx) => {
    if (await isStarted(tx, actor, { id, kind })) return { id }
    return addJob(tx, actor, { id, kind, title, input: given, visibility })
  })
}

/**
 * Whether the person has started a job of this kind under this id before, be it at the same instant. Refuses with
 * `conflict` when the id is, or was, any other job's, and tells nothing of that one.
 */
export async function isStarted(
  tx: Transaction,
  actor: Actor,
  { id, kind }: Pick<AddedJob, 'id' | 'kind'>,
): Promise<boolean> {
  await lockStarts(tx)
  const known = await tx.job.findUnique({ where: { id }, select: { ownerId: true, kind: true } })
  if (known?.ownerId === actor.id && known.kind === kind) return true
  // Of one that was removed the log is left, and who had its id would read on in it.
  const left = known ?? (await tx.logRoom.findUnique({ where: { key: roomKey(jobChannel, id) } }))
  if (left) refuse('conflict', 'This id is taken. Try again: it gets another one.')
  return false
}

/**
 * Puts a job into the queue, and on the screens; for other models, in a transaction of theirs. Refuses as
 * `requireStart` does.
 */
export async function addJob(
  tx: Transaction,
  actor: Actor,
  { id, total, ...added }: AddedJob,
): Promise<{ id: string }> {
  await requireStart(tx, actor, { ownerId: actor.id, kind: added.kind })
  const runId = randomUUID()
  const data = { ...added, id, runId, ownerId: actor.id, attempt: 1, ...(total !== undefined && { total }) }
  const row = await tx.job.create({ data, select: jobRow })
  const { jobs: work } = container().work
  await work.queue.add(tx, { runId, jobId: id, lost: 0 })
  await addLine(tx, id, 'info', `Asked for by ${actor.name}.`)
  await tellJob(tx, row)
  work.wakeAfter(tx)
  return { id }
}

/**
 * Refuses with `forbidden` where the kind is for admins, and with `conflict` when five of the owner's jobs wait or run,
 * or another repricing does.
 */
export async function requireStart(
  tx: Transaction,
  actor: Actor,
  { ownerId, kind }: { ownerId: string; kind: JobKind },
): Promise<void> {
  if (kind === 'reprice' && actor.role !== 'admin') refuse('forbidden', 'Only admins may change prices.')
  await lockStarts(tx)
  const active = { state: { in: ['waiting', 'running'] } } satisfies Prisma.JobWhereInput
  if ((await tx.job.count({ where: { ...active, ownerId } })) >= mostActiveJobs) {
    refuse('conflict', `${mostActiveJobs} jobs are waiting or running already. Wait for one to end, or cancel one.`)
  }
  if (kind === 'reprice' && (await tx.job.count({ where: { ...active, kind } })) > 0) {
    refuse('conflict', 'Prices are being changed already. Wait until that has ended.')
  }
}

/** Until the commit, one after the other: two at the same instant would not see each other. Locked twice is no harm. */
async function lockStarts(tx: Transaction): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('switchboard/job'))::text`
}
