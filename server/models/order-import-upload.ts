import { createHash } from 'node:crypto'
import { mostImportBytes, mostImportRows } from '#channels/order-import'
import { container } from '#server/container'
import { freeLock, renewEvery, renewLock, takeLock } from '#server/models/busy-lock'
import { appendPiece, finishFile, openFile, pieceBytes, removeFile } from '#server/models/job-file'
import { TextCheck } from '#server/models/order-import-text'
import { refuse } from '#server/refusal'

/** So many uploads of one person at the same time, whatever the node. */
const mostUploads = 3

export interface Upload {
  ownerId: string
  name: string
  body: AsyncIterable<Uint8Array>
  /** Looks at the first piece of it, and refuses what nobody need wait for. */
  checkStart(start: Uint8Array): void
}

/** `rows` counts the rows under the heading, blank ones too. */
export interface Uploaded {
  id: string
  name: string
  sha256: string
  bytes: number
  rows: number
}

/**
 * Stores what is being sent piece by piece, as it comes: never whole in memory. Refuses with `too-large` over 20 MB or 100,000 rows,
 * with `invalid` what is empty or no text in UTF-8, and with `rate-limited` a fourth one at the same time. What was
 * stored of one that is refused, or whose line was cut, is removed.
 */
export async function storeUpload({ ownerId, name, body, checkStart }: Upload): Promise<Uploaded> {
  const release = await takeSlot(ownerId)
  const { id } = await openFile({ ownerId, jobId: null, name, type: 'text/csv' })
  try {
    const hash = createHash('sha256')
    const text = new TextCheck()
    let bytes = 0
    let number = 0
    for await (const piece of piecesOf(body)) {
      bytes += piece.length
      if (bytes > mostImportBytes) refuse('too-large', 'The file is larger than 20 MB.')
      text.read(piece)
      if (number === 0) checkStart(piece)
      hash.update(piece)
      await appendPiece(container().database.prisma, id, number, piece)
      number += 1
    }
    if (bytes === 0) refuse('invalid', 'The file is empty.')
    const rows = text.end()
    if (rows > mostImportRows) refuse('too-large', 'The file has more than 100,000 rows. Split it in several.')
    const sha256 = hash.digest('hex')
    await finishFile(id, { sha256, bytes })
    return { id, name, sha256, bytes, rows }
  } catch (error) {
    await removeFile(id)
    throw error
  } finally {
    await release()
  }
}

/** Pieces of one size but for the last, whatever the size they come in. */
async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let piece = Buffer.alloc(pieceBytes)
  let filled = 0
  for await (const chunk of body) {
    for (let from = 0; from < chunk.length; ) {
      const taken = Math.min(chunk.length - from, pieceBytes - filled)
      piece.set(chunk.subarray(from, from + taken), filled)
      from += taken
      filled += taken
      if (filled < pieceBytes) continue
      yield piece
      piece = Buffer.alloc(pieceBytes)
      filled = 0
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}

/** One of the person's places, held until it is given back; a killed process gives back its own within seconds. */
async function takeSlot(ownerId: string): Promise<() => Promise<void>> {
  const { prisma } = container().database
  for (let nth = 0; nth < mostUploads; nth += 1) {
    const key = `upload/${ownerId}/${nth}`
    const taken = await takeLock(prisma, key, ownerId)
    if (!('token' in taken)) continue
    const renewing = setInterval(() => {
      // One that was lost lets a fourth upload in, and harms nobody.
      renewLock(key, taken.token).catch((error: unknown) =>
        container().log.warn({ err: error }, 'an upload could not renew its place'),
      )
    }, renewEvery).unref()
    return async () => {
      clearInterval(renewing)
      await freeLock(prisma, key, taken.token)
    }
  }
  refuse('rate-limited', `${mostUploads} uploads of yours are under way. Wait for one of them to end.`)
}
