import { createHash } from 'node:crypto'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { sweepLocks } from '#server/models/busy-lock'

/** Of this many bytes: a piece is written and read by one statement, and that must not take long. */
export const pieceBytes = 64 * 1024
/** What is uploaded is finished, or begun again, within that time, in milliseconds. */
const uploadWithin = 60 * 60_000

/** A client or a transaction. */
type Client = Pick<Prisma.TransactionClient, 'jobFile'>

interface NewFile {
  ownerId: string
  /** Null while no job knows of it: an upload. */
  jobId: string | null
  name: string
  /** `text/csv`. */
  type: string
}

/** A file of a job. It has an sha256 once it is whole. */
export interface StoredFile {
  id: string
  jobId: string | null
  ownerId: string
  name: string
  type: string
  bytes: number
  sha256: string | null
}

const fields = { id: true, jobId: true, ownerId: true, name: true, type: true, bytes: true, sha256: true } as const

/** An empty file, to which pieces are appended; `client` makes it part of a transaction. */
export function openFile(file: NewFile, client: Client = container().database.prisma): Promise<{ id: string }> {
  return client.jobFile.create({ data: file, select: { id: true } })
}

/**
 * `number` counts from 0. A piece that is written again, by a run that follows a killed one, takes the old one's place.
 * As base64, because the embedded database takes bytes as a parameter seven times as slowly.
 */
export async function appendPiece(
  client: Pick<Prisma.TransactionClient, '$executeRaw'>,
  fileId: string,
  number: number,
  data: Uint8Array,
): Promise<void> {
  const text = Buffer.from(data).toString('base64')
  await client.$executeRaw`
    INSERT INTO job_file_piece (file_id, number, data) VALUES (${fileId}::uuid, ${number}, decode(${text}, 'base64'))
    ON CONFLICT (file_id, number) DO UPDATE SET data = excluded.data`
}

/** From here on it is whole, and listed. Who wrote it in one go knows its hash; else it is read once more. */
export async function finishFile(
  fileId: string,
  known?: { sha256: string; bytes: number },
  client: Client = container().database.prisma,
): Promise<{ sha256: string; bytes: number }> {
  const data = known ?? (await measure(fileId))
  await client.jobFile.update({ where: { id: fileId }, data, select: { id: true } })
  return data
}

/** Its bytes, one piece at a time; from piece `from` on. */
export async function* readFile(fileId: string, from = 0): AsyncGenerator<Uint8Array, void, void> {
  const { prisma } = container().database
  for (let number = from; ; number += 1) {
    const [piece] = await prisma.$queryRaw<{ data: string }[]>`
      SELECT encode(data, 'base64') AS data FROM job_file_piece WHERE file_id = ${fileId}::uuid AND number = ${number}`
    if (!piece) return
    yield Buffer.from(piece.data, 'base64')
  }
}

/** Those that are whole, oldest first. */
export function listFiles(jobId: string, client: Client = container().database.prisma): Promise<StoredFile[]> {
  return client.jobFile.findMany({
    where: { jobId, sha256: { not: null } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: fields,
  })
}

/** Null when there is none; also one that is not whole. */
export function findFile(fileId: string): Promise<StoredFile | null> {
  return container().database.prisma.jobFile.findUnique({ where: { id: fileId }, select: fields })
}

export async function removeFile(fileId: string): Promise<void> {
  await container().database.prisma.jobFile.deleteMany({ where: { id: fileId } })
}

/** Removes what was uploaded by half, or never became a job's; answers with when to look again. */
export async function sweepUploads(): Promise<number> {
  const { prisma } = container().database
  await prisma.jobFile.deleteMany({ where: { jobId: null, createdAt: { lt: new Date(Date.now() - uploadWithin) } } })
  await sweepLocks(prisma, 'upload')
  return Date.now() + uploadWithin
}

async function measure(fileId: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const data of readFile(fileId)) {
    hash.update(data)
    bytes += data.byteLength
  }
  return { sha256: hash.digest('hex'), bytes }
}
