import { parse } from 'csv-parse'
import type { Delimiter } from './csv-heading'

/** `row` as a spreadsheet counts; `end` is the byte of the file after it. */
export interface CsvRow {
  row: number
  fields: string[]
  end: number
  /** In words for a person: why neither this row nor any after it could be read. */
  unreadable?: string
}

/** Of one row, in characters: more is no row but a quotation mark that nobody closed. */
const longestRow = 16 * 1024

/**
 * The rows of a file (RFC 4180, and what spreadsheets make of it): fields in quotation marks or not, lines that end as
 * on any system, any number of fields. Begins at byte `from.byte`, where row `from.row` has ended; `pieces` begin there
 * too. Rows without any text are passed over, and counted. Never throws for what is in the file.
 */
export async function* readRows(
  pieces: AsyncIterable<Uint8Array>,
  delimiter: Delimiter,
  from: { byte: number; row: number },
): AsyncGenerator<CsvRow, void, void> {
  const read: CsvRow[] = []
  let last: CsvRow = { row: from.row, fields: [], end: from.byte }
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRow,
    // Not by way of the stream: where it fails, it forgets the rows it had read before.
    on_record: (fields: string[], { records, bytes }) => {
      last = { row: from.row + records, fields, end: from.byte + bytes }
      if (fields.some((field) => field.trim() !== '')) read.push(last)
      return null
    },
  })
  parser.resume()
  // Who writes is told.
  parser.on('error', () => {})
  try {
    for await (const piece of pieces) {
      await told((done) => parser.write(piece, done))
      yield* read.splice(0)
    }
    await told((done) => parser.end(done))
    yield* read.splice(0)
  } catch (error) {
    const why = unreadable[codeOf(error)]
    if (why === undefined) throw error
    yield* read.splice(0)
    yield { row: last.row + 1, fields: [], end: last.end, unreadable: why }
  } finally {
    parser.destroy()
  }
}

function told(ask: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => ask((error) => (error ? reject(error) : resolve())))
}

const unreadable: Record<string, string | undefined> = {
  CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened here and never closed. Nothing after it was read.',
  CSV_MAX_RECORD_SIZE: 'This row does not end: a quotation mark may be missing. Nothing after it was read.',
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
