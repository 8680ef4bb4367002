import type { Problem, ProblemPage, ProblemPlace } from '#channels/order-import'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { requireJob } from '#server/models/job-list'
import type { Actor } from '#server/models/job-row'

/** How many a page holds, and how many are read at a time to be downloaded. */
export const problemsPerPage = 50
const perRead = 500

type Client = Pick<Prisma.TransactionClient, '$executeRaw' | 'jobProblem'>

/** Keeps them; one that is there already stays as it is. */
export async function addProblems(client: Client, jobId: string, problems: readonly Problem[]): Promise<void> {
  if (problems.length === 0) return
  await client.$executeRaw`
    INSERT INTO job_problem (job_id, row, number, "column", value, message)
    SELECT ${jobId}::uuid, given.row, given.number, given."column", given.value, given.message
    FROM jsonb_to_recordset(${JSON.stringify(problems)}::jsonb)
      AS given(row int, number int, "column" text, value text, message text)
    ON CONFLICT DO NOTHING`
}

/** Forgets them all. */
export async function clearProblems(client: Client, jobId: string): Promise<void> {
  await client.jobProblem.deleteMany({ where: { jobId } })
}

/** In the order of the file, those after a place or from the start; `not-found` for a job the person may not see. */
export async function readProblems(actor: Actor, jobId: string, after: ProblemPlace | null): Promise<ProblemPage> {
  await requireJob(actor, jobId)
  const { jobProblem } = container().database.prisma
  const [total, found] = await Promise.all([
    jobProblem.count({ where: { jobId } }),
    readAfter(jobId, after, problemsPerPage + 1),
  ])
  return { problems: found.slice(0, problemsPerPage), more: found.length > problemsPerPage, total }
}

/** All of them, some at a time, for a download; `not-found` as `readProblems`, before anything is given. */
export async function openProblems(actor: Actor, jobId: string): Promise<AsyncGenerator<Problem[], void, void>> {
  await requireJob(actor, jobId)
  return readAll(jobId)
}

async function* readAll(jobId: string): AsyncGenerator<Problem[], void, void> {
  let after: ProblemPlace | null = null
  for (;;) {
    const problems: Problem[] = await readAfter(jobId, after, perRead)
    if (problems.length > 0) yield problems
    after = problems.at(-1) ?? null
    if (problems.length < perRead) return
  }
}

function readAfter(jobId: string, after: ProblemPlace | null, take: number): Promise<Problem[]> {
  const { row, number } = after ?? { row: -1, number: 0 }
  return container().database.prisma.$queryRaw`
    SELECT row, number, "column", value, message FROM job_problem
    WHERE job_id = ${jobId}::uuid AND (row, number) > (${row}::int, ${number}::int)
    ORDER BY row, number LIMIT ${take}`
}
