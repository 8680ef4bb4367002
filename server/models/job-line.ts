import { type JobLine, jobChannel, linesPerPage } from '#channels/job'
import { container } from '#server/container'
import type { Transaction } from '#server/db/transaction'

/** Adds a line to a job's log and shows it. Its caller has locked the job: two at once would get the same number. */
export async function addLine(tx: Transaction, jobId: string, level: JobLine['level'], text: string): Promise<void> {
  const at = new Date()
  const [row] = await tx.$queryRaw<{ number: number }[]>`
    INSERT INTO job_line (job_id, number, at, level, text)
    SELECT ${jobId}::uuid, coalesce(max(number), 0) + 1, ${at}, ${level}::job_line_level, ${text}
    FROM job_line WHERE job_id = ${jobId}::uuid
    RETURNING number`
  if (!row) throw new Error('The database did not return the number of the line.')
  tx.publish(jobChannel, jobId, 'said', { number: row.number, at: at.getTime(), level, text })
}

/** The newest lines, or those before a number; oldest first. */
export async function readLines(jobId: string, before?: number): Promise<JobLine[]> {
  const rows = await container().database.prisma.jobLine.findMany({
    where: { jobId, ...(before !== undefined && { number: { lt: before } }) },
    orderBy: { number: 'desc' },
    take: linesPerPage,
    select: { number: true, at: true, level: true, text: true },
  })
  return rows.reverse().map(({ at, ...line }) => ({ ...line, at: at.getTime() }))
}
