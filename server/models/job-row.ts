import { z } from 'zod'
import { type Job, type JobDetail, jobChannel } from '#channels/job'
import { type JobsRoom, jobs, jobsOf } from '#channels/jobs'
import type { Prisma } from '#server/db/generated/client'
import type { Transaction } from '#server/db/transaction'
import { listFiles, type StoredFile } from '#server/models/job-file'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

export type Actor = LiveSession['user']

/** What is read of a job wherever one is read. */
export const jobRow = {
  id: true,
  kind: true,
  title: true,
  state: true,
  visibility: true,
  done: true,
  total: true,
  input: true,
  cursor: true,
  result: true,
  failure: true,
  attempt: true,
  runId: true,
  cancelledAt: true,
  version: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  owner: { select: { id: true, name: true } },
} satisfies Prisma.JobSelect

export type JobRow = Prisma.JobGetPayload<{ select: typeof jobRow }>

/** A job whose run this node has taken on. */
export type ClaimedJob = JobRow & { runId: string }

export function toJob(row: JobRow): Job {
  const { id, kind, title, state, visibility, owner, done, total, failure, attempt, version } = row
  return {
    id,
    kind,
    title,
    state,
    visibility,
    owner,
    done,
    total,
    failure,
    attempt,
    cancelling: (state === 'waiting' || state === 'running') && row.cancelledAt !== null,
    version,
    createdAt: row.createdAt.getTime(),
    startedAt: row.startedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
  }
}

export function toDetail(row: JobRow, files: StoredFile[]): JobDetail {
  const shown = files.map(({ id, name, type, bytes }) => ({ id, name, type, bytes }))
  return { ...toJob(row), result: z.json().nullable().parse(row.result), files: shown }
}

/** The lists a job stands in. */
export function listsOf({ owner, visibility }: Pick<JobRow, 'visibility'> & { owner: { id: string } }): JobsRoom[] {
  return ['all', jobsOf(owner.id), ...(visibility === 'everyone' ? (['everyone'] as const) : [])]
}

/** Shows all screens what has become of a job; last in the transaction that changed it. */
export async function tellJob(tx: Transaction, row: JobRow): Promise<void> {
  const told = toJob(row)
  for (const room of listsOf(row)) tx.publish(jobs, room, 'changed', told)
  tx.publish(jobChannel, row.id, 'changed', toDetail(row, await listFiles(row.id, tx)))
}

/** Those a person may see. */
export function visibleTo(actor: Actor): Prisma.JobWhereInput {
  return actor.role === 'admin' ? {} : { OR: [{ visibility: 'everyone' }, { ownerId: actor.id }] }
}

/** The job, locked until the end of the transaction; `not-found` when there is none that the person may see. */
export async function lockJob(tx: Transaction, actor: Actor, id: string): Promise<JobRow> {
  await tx.$executeRaw`SELECT 1 FROM job WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.job.findFirst({ where: { id, ...visibleTo(actor) }, select: jobRow })
  return row ?? refuse('not-found', 'There is no such job.')
}

/** Only its owner and admins have a say in it. */
export function requireSay(actor: Actor, { owner }: JobRow): void {
  if (actor.role !== 'admin' && actor.id !== owner.id) {
    refuse('forbidden', `Only ${owner.name} and admins can do that.`)
  }
}

/** The job, locked until the end of the transaction; null when the run may not write any more. */
export async function lockRun(tx: Transaction, id: string, runId: string): Promise<JobRow | null> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM job WHERE id = ${id}::uuid AND run_id = ${runId}::uuid AND state = 'running' FOR UPDATE`
  return held.length === 0 ? null : tx.job.findUniqueOrThrow({ where: { id }, select: jobRow })
}
