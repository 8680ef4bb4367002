/** So much of a file is looked at to tell how many rows it may have, in bytes. */
const sample = 256 * 1024

/** As people know it from their file manager: `3.1 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024).toLocaleString('en')} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** About how many rows there are under the headings, by the lines at its beginning; exact for a small file. */
export async function guessRows(file: Blob): Promise<number> {
  const start = new Uint8Array(await file.slice(0, sample).arrayBuffer())
  let lines = 0
  for (const byte of start) if (byte === 10) lines += 1
  const last = start.at(-1)
  if (start.length === file.size) return Math.max(lines + (last === 10 || last === undefined ? 0 : 1) - 1, 0)
  return Math.max(Math.round((lines * file.size) / start.length) - 1, 0)
}

/** `30,025 rows`, or of a large file `about 30,000 rows`. */
export function rowsWords(rows: number, exact: boolean): string {
  if (exact) return `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`
  const digits = 10 ** Math.max(Math.floor(Math.log10(Math.max(rows, 1))) - 1, 0)
  return `about ${(Math.round(rows / digits) * digits).toLocaleString('en')} rows`
}

/** Whether `guessRows` has seen all of it. */
export function isSmall(file: Blob): boolean {
  return file.size <= sample
}
