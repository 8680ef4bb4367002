import { stringify } from 'csv-stringify/sync'
import type { Problem } from '#channels/order-import'

/** For a spreadsheet that would else take UTF-8 for something older. */
const mark = '\ufeff'

/**
 * An answer that is saved under a name, and never shown (RFC 6266, with the name once in ASCII for old programs and
 * once as it is, RFC 8187). It is sent as it is made: whoever stops reading stops what makes it.
 */
export function downloadOf(
  name: string,
  type: string,
  body: AsyncGenerator<Uint8Array, void, void>,
  bytes?: number,
): Response {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return new Response(streamOf(body), {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      ...(bytes !== undefined && { 'content-length': `${bytes}` }),
    },
  })
}

/** A list of problems as CSV; what a spreadsheet would take for a formula is made text. */
export async function* problemsAsCsv(pages: AsyncIterable<Problem[]>): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from(`${mark}row,column,value,problem\r\n`)
  for await (const problems of pages) {
    const rows = problems.map(({ row, column, value, message }) => [row === 0 ? '' : row, column, value, message])
    yield Buffer.from(stringify(rows, { record_delimiter: 'windows', escape_formulas: true }))
  }
}

/** A generator that is asked for one chunk at a time. */
function streamOf(body: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await body.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await body.return()
    },
  })
}
