import { parse } from 'csv-parse/sync'
import { type ImportColumn, importColumn, importColumns } from '#channels/order-import'
import { refuse } from '#server/refusal'

export type Delimiter = ',' | ';' | '\t'

/** `columns` in the order of the file; `bytes` is where the first row begins. */
export interface Heading {
  delimiter: Delimiter
  columns: ImportColumn[]
  bytes: number
}

const delimiters: Delimiter[] = [',', ';', '\t']
const mark = Buffer.from('\ufeff')
const required = importColumn.options.filter((column) => importColumns[column].required)

/**
 * The first line of a file of orders, which names its columns, in any order and in either case; a byte order mark before
 * it is skipped. `start` is the beginning of the file, at least that line. The delimiter is the one of `,`, `;` and tab
 * by which most names are known. Refuses with `invalid`, in words for a person, a file without such a line, and one
 * with a column that is unknown, named twice, or missing.
 */
export function readHeading(start: Uint8Array): Heading {
  const bytes = Buffer.from(start)
  const from = bytes.subarray(0, mark.length).equals(mark) ? mark.length : 0
  const [line = '', end = ''] = /^(.*?)(\r\n|\n|\r|$)/s.exec(bytes.toString('utf8', from))?.slice(1) ?? []
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, names: namesIn(line, delimiter) }))
    .sort((one, other) => knownIn(other.names) - knownIn(one.names))
  if (!best || knownIn(best.names) === 0) {
    refuse('invalid', `The first row does not name the columns. It should be: ${importColumn.options.join(', ')}`)
  }
  const columns = best.names.map((name, nth) => {
    const known = importColumn.safeParse(name)
    if (!known.success) {
      refuse('invalid', name ? `There is no column “${name.slice(0, 40)}”.` : `Column ${nth + 1} has no name.`)
    }
    if (best.names.indexOf(name) < nth) refuse('invalid', `The column “${name}” is there twice.`)
    return known.data
  })
  const missing = required.filter((column) => !columns.includes(column))
  if (missing.length > 0) refuse('invalid', `Missing in the first row: ${missing.join(', ')}.`)
  return { delimiter: best.delimiter, columns, bytes: from + Buffer.byteLength(line) + end.length }
}

function namesIn(line: string, delimiter: Delimiter): string[] {
  const rows: string[][] = parse(line, { delimiter, relax_quotes: true, skip_records_with_error: true })
  return (rows[0] ?? []).map((name) => name.trim().toLowerCase())
}

function knownIn(names: string[]): number {
  return names.filter((name) => importColumn.safeParse(name).success).length
}
