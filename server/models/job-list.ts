import { type Job, type JobRoomState, jobChannel } from '#channels/job'
import { type ReportResult, reportResult } from '#channels/job-result'
import { type JobsRoom, type JobsState, jobs, jobsOf, jobsPerPage } from '#channels/jobs'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { listFiles } from '#server/models/job-file'
import { readLines } from '#server/models/job-line'
import { type Actor, jobRow, toDetail, toJob, visibleTo } from '#server/models/job-row'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

/** Refuses with `forbidden` what is another person's list, or the admins'. */
export function requireList({ id, role }: Actor, room: string): void {
  const own = room === jobsOf(id) || room === 'everyone' || (room === 'all' && role === 'admin')
  if (!own) refuse('forbidden', 'These jobs are for others.')
}

/** A page of a list, newest first: from the top, or after a job. */
export async function readJobs(
  room: JobsRoom,
  after: { createdAt: number; id: string } | null = null,
): Promise<JobsState> {
  const at = after && new Date(after.createdAt)
  const rows = await container().database.prisma.job.findMany({
    where: {
      ...inList(room),
      ...(after && at && { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: after.id } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: jobsPerPage + 1,
    select: jobRow,
  })
  return { jobs: rows.slice(0, jobsPerPage).map(toJob), more: rows.length > jobsPerPage }
}

function inList(room: JobsRoom): Prisma.JobWhereInput {
  if (room === 'all') return {}
  return room === 'everyone' ? { visibility: 'everyone' } : { ownerId: room.slice('person-'.length) }
}

/** A person's own jobs and those of everyone, for the first paint; for admins the latter are all there are. */
export async function openJobs(actor: Actor): Promise<{ mine: FirstPaint<JobsState>; others: FirstPaint<JobsState> }> {
  const open = (room: JobsRoom) => firstPaint(jobs, room, () => readJobs(room))
  const [mine, others] = await Promise.all([open(jobsOf(actor.id)), open(actor.role === 'admin' ? 'all' : 'everyone')])
  return { mine, others }
}

/** One job with its log; null when there is none that the person may see. */
export async function openJob(actor: Actor, id: string): Promise<FirstPaint<JobRoomState> | null> {
  return (await maySee(actor, id)) ? firstPaint(jobChannel, id, () => readJob(id)) : null
}

/** What a report that is done came to; null when there is none that the person may see. */
export async function openReport(actor: Actor, id: string): Promise<{ job: Job; report: ReportResult } | null> {
  if (!(await maySee(actor, id))) return null
  const { job } = await readJob(id)
  const report = job.kind === 'report' ? reportResult.safeParse(job.result).data : undefined
  return report ? { job, report } : null
}

/** Refuses with `not-found` when there is none that the person may see. */
export async function requireJob(actor: Actor, id: string): Promise<void> {
  if (!(await maySee(actor, id))) refuse('not-found', 'There is no such job.')
}

async function maySee(actor: Actor, id: string): Promise<boolean> {
  // An address may hold anything.
  if (!jobChannel.room.safeParse(id).success) return false
  return (await container().database.prisma.job.count({ where: { id, ...visibleTo(actor) } })) > 0
}

/** What the room of a job holds; `not-found` when it has been deleted. */
export async function readJob(id: string): Promise<JobRoomState> {
  const row = await container().database.prisma.job.findUnique({ where: { id }, select: jobRow })
  if (!row) refuse('not-found', 'There is no such job.')
  const [files, lines] = [await listFiles(id), await readLines(id)]
  return { job: toDetail(row, files), lines }
}
