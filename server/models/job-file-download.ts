import { z } from 'zod'
import { container } from '#server/container'
import { readFile } from '#server/models/job-file'
import { type Actor, visibleTo } from '#server/models/job-row'
import { refuse } from '#server/refusal'

/**
 * A file of a job that the person may see, one piece at a time; `not-found` for any other, and for one that is not
 * whole.
 */
export async function openJobFile(actor: Actor, jobId: string, fileId: string) {
  const missing = () => refuse('not-found', 'There is no such file.')
  if (!isId(jobId) || !isId(fileId)) return missing()
  const found = await container().database.prisma.jobFile.findFirst({
    where: { id: fileId, jobId, sha256: { not: null }, job: { is: visibleTo(actor) } },
    select: { name: true, type: true, bytes: true },
  })
  return found ? { ...found, content: readFile(fileId) } : missing()
}

function isId(text: string): boolean {
  return z.uuid().safeParse(text).success
}
