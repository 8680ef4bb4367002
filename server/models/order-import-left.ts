import { container } from '#server/container'
import type { Transaction } from '#server/db/transaction'
import { appendPiece, openFile, pieceBytes } from '#server/models/job-file'

/** Never finished, and so never listed among the files of the job. */
const name = 'left-out'

/** Keeps, beside a job, which orders of its file it leaves out: a run that follows a killed one leaves out the same. */
export async function keepLeftOut(tx: Transaction, jobId: string, ownerId: string, bits: Uint8Array): Promise<void> {
  await tx.jobFile.deleteMany({ where: { jobId, name, sha256: null } })
  const { id } = await openFile({ ownerId, jobId, name, type: 'application/octet-stream' }, tx)
  for (let from = 0, number = 0; from < bits.length; from += pieceBytes, number += 1) {
    await appendPiece(tx, id, number, bits.subarray(from, from + pieceBytes))
  }
}

export async function readLeftOut(jobId: string): Promise<Uint8Array> {
  const pieces = await container().database.prisma.jobFilePiece.findMany({
    where: { file: { jobId, name, sha256: null } },
    orderBy: { number: 'asc' },
    select: { data: true },
  })
  return Buffer.concat(pieces.map(({ data }) => data))
}

export async function dropLeftOut(jobId: string): Promise<void> {
  await container().database.prisma.jobFile.deleteMany({ where: { jobId, name, sha256: null } })
}
