import { pieceBytes, readFile } from '#server/models/job-file'
import { refuse } from '#server/refusal'
import { type Heading, readHeading } from './csv-heading'
import { readRows } from './csv-rows'
import { type OrderDraft, readDrafts } from './order-draft'

export interface OpenImport {
  heading: Heading
  /** Its orders from a byte on, before which row `row` has ended; the first one is the `nth`. */
  drafts(byte: number, row: number, nth?: number): AsyncGenerator<OrderDraft, void, void>
}

/** A file of orders, read piece by piece. Refuses one without the heading of such a file. */
export async function openImport(fileId: string): Promise<OpenImport> {
  const start = await readFile(fileId).next()
  if (start.done) refuse('invalid', 'The file is empty.')
  const heading = readHeading(start.value)
  return {
    heading,
    drafts: (byte, row, nth = 0) => {
      const pieces = after(readFile(fileId, Math.floor(byte / pieceBytes)), byte % pieceBytes)
      return readDrafts(readRows(pieces, heading.delimiter, { byte, row }), heading, nth)
    },
  }
}

/** Without the first so many bytes. */
async function* after(pieces: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array, void, void> {
  let skip = bytes
  for await (const piece of pieces) {
    if (skip < piece.length) yield Buffer.from(piece.subarray(skip))
    skip = Math.max(skip - piece.length, 0)
  }
}
