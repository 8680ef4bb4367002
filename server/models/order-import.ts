import type { ImportInput, ImportMode } from '#channels/order-import'
import { orders, ordersRoom } from '#channels/orders'
import { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { addJob, isStarted } from '#server/models/job'
import type { StoredFile } from '#server/models/job-file'
import { type Actor, visibleTo } from '#server/models/job-row'
import { refuse } from '#server/refusal'

interface NewImport {
  /** Chosen by the person: sent again after an answer that was lost, it is the same import. */
  id: string
  /** Whole, and no job's yet. */
  file: { id: string; name: string; sha256: string; rows: number }
  mode: ImportMode
  visibility: 'own' | 'everyone'
}

type Reader = Pick<Prisma.TransactionClient, 'jobFile'>

/**
 * Starts the import of a file that was uploaded; one that the person has started under this id before stays as it is,
 * and the file is removed. The same file twice does not import twice, whoever sends it: as long as an import of the same
 * bytes waits, runs or is done, another one is a `conflict`, with that job as `theirs` where the person may see it. Of
 * two at once one is started. Refuses as `isStarted` and `addJob` do.
 */
export function startImport(actor: Actor, { id, file, mode, visibility }: NewImport): Promise<{ id: string }> {
  return transaction(async (tx) => {
    await lockBytes(tx, file.sha256)
    if (await isStarted(tx, actor, { id, kind: 'import' })) {
      await tx.jobFile.deleteMany({ where: { id: file.id, jobId: null } })
      return { id }
    }
    await refuseSecond(tx, file, { state: { in: ['waiting', 'running', 'done'] } }, actor)
    const input: ImportInput = { fileId: file.id, mode, rows: file.rows }
    const title = `Import of ${file.name}`
    await addJob(tx, actor, { id, kind: 'import', title, input, visibility, total: file.rows })
    const where = { id: file.id, ownerId: actor.id, jobId: null, sha256: file.sha256 }
    const { count } = await tx.jobFile.updateMany({ where, data: { jobId: id } })
    if (count === 0) refuse('not-found', 'The file is not there any more. Send it again.')
    return { id }
  })
}

/**
 * The file that a job is to import, which from here on is this job's alone. Whatever way the job was begun, also anew:
 * `not-found` when the file is another person's, another job's or not whole, and `conflict` when another job has
 * begun to import the same bytes, or has done so.
 */
export async function claimFile(tx: Transaction, jobId: string, ownerId: string, fileId: string): Promise<void> {
  const found = await tx.jobFile.findFirst({
    where: { id: fileId, ownerId, sha256: { not: null }, OR: [{ jobId: null }, { jobId }] },
    select: { id: true, sha256: true },
  })
  if (!found?.sha256) refuse('not-found', 'The file to import is not there any more.')
  await lockBytes(tx, found.sha256)
  // Of two that wait, the one whose first step is committed first has begun.
  const begun = { state: { in: ['waiting', 'running'] }, cursor: { not: Prisma.DbNull } } satisfies Prisma.JobWhereInput
  await refuseSecond(tx, found, { id: { not: jobId }, OR: [begun, { state: 'done' }] }, null)
  await tx.jobFile.update({ where: { id: fileId }, data: { jobId }, select: { id: true } })
}

/** What is decided over one file is decided one after the other, until the end of the transaction. */
async function lockBytes(tx: Transaction, sha256: string | null): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${sha256}, 0))::text`
}

/** `others` are the jobs that stand in the way. */
async function refuseSecond(
  client: Reader,
  { id, sha256 }: Pick<StoredFile, 'id' | 'sha256'>,
  others: Prisma.JobWhereInput,
  actor: Actor | null,
): Promise<void> {
  const same = (job: Prisma.JobWhereInput) =>
    client.jobFile.findFirst({
      where: { sha256, id: { not: id }, job: { is: { kind: 'import', ...job } } },
      select: { job: { select: { id: true, title: true } } },
    })
  if (!(await same(others))) return
  const seen = actor && (await same({ AND: [others, visibleTo(actor)] }))
  refuse('conflict', 'This file was imported before.', { theirs: seen?.job ?? undefined })
}

/** Removes so many of the orders that the import has placed, and answers how many there were. */
export function takeBackOrders(jobId: string, most: number): Promise<number> {
  return transaction(async (tx) => {
    const removed = await tx.$queryRaw<{ id: string }[]>`
      DELETE FROM work_order WHERE id IN (
        SELECT id FROM work_order WHERE import_id = ${jobId}::uuid ORDER BY id LIMIT ${most} FOR UPDATE)
      RETURNING id::text`
    const ids = removed.map(({ id }) => id)
    if (ids.length > 0) tx.publish(orders, ordersRoom, 'changed', { ids: ids.length > 50 ? [] : ids })
    return ids.length
  })
}
