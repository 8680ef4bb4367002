import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importColumn } from '#channels/order-import'
import { readHeading } from './csv-heading'
import { type CsvRow, readRows } from './csv-rows'

async function* cut(bytes: Uint8Array, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function read(text: string | Uint8Array, delimiter: ',' | ';' | '\t' = ',', size = 7): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  for await (const row of readRows(cut(bytes, size), delimiter, { byte: 0, row: 0 })) rows.push(row)
  return rows
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

test('a quotation mark that is never closed is a problem of its row, and nothing after it is read', async () => {
  const rows = await read('a,b\nc,"d\ne,f\n')
  expect(rows).toMatchObject([
    { row: 1, fields: ['a', 'b'] },
    { row: 2, fields: [], unreadable: expect.stringContaining('never closed') },
  ])
})

test('a row without an end is a problem too, and is not held in memory', async () => {
  const rows = await read(`a,b\nc,"${'d'.repeat(40_000)}\n`, ',', 1_000)
  expect(rows.at(-1)).toMatchObject({ row: 2, unreadable: expect.stringContaining('does not end') })
})

test('a quotation mark in the middle of a field is a quotation mark', async () => {
  expect((await read('12" pipe,3\n"M8" bolt,4\n')).map(({ fields }) => fields)).toEqual([
    ['12" pipe', '3'],
    ['"M8" bolt', '4'],
  ])
})

test('rows without text are passed over and counted, as a spreadsheet does', async () => {
  expect((await read('a\r\n\r\n;;\r\nb\rc\n', ';')).map(({ row, fields }) => [row, fields[0]])).toEqual([
    [1, 'a'],
    [4, 'b'],
    [5, 'c'],
  ])
})

const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''))
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }))

test('any table is read as it was written, however it is cut, and from the end of any of its rows on', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(',' as const, ';' as const, '\t' as const),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 50 }),
      fc.nat(),
      async (rows, delimiter, newline, size, nth) => {
        const bytes = Buffer.from(rows.map((row) => row.map(quoted).join(delimiter) + newline).join(''))
        const expected = rows.flatMap((fields, index) =>
          fields.some((field) => field.trim()) ? [{ row: index + 1, fields }] : [],
        )
        const all = await read(bytes, delimiter, size)
        expect(all.map(({ row, fields }) => ({ row, fields }))).toEqual(expected)
        const from = all[nth % Math.max(all.length, 1)]
        if (!from) return
        const rest: CsvRow[] = []
        const place = { byte: from.end, row: from.row }
        for await (const row of readRows(cut(bytes.subarray(from.end), size), delimiter, place)) rest.push(row)
        expect(rest).toEqual(all.slice(all.indexOf(from) + 1))
      },
    ),
    { numRuns: 150 },
  )
})

test('whatever bytes there are, it never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 60 }), async (bytes, size) => {
      for (const { row, end } of await read(bytes, ',', size))
        expect([row > 0, end <= bytes.length]).toEqual([true, true])
    }),
    { numRuns: 150 },
  )
})

const heading = (text: string) => readHeading(Buffer.from(text))

test.each([
  ['', 'does not name the columns'],
  ['1001;10001;2026-12-24;high\n', 'does not name the columns'],
  ['reference,customer,due,sku\n', 'Missing in the first row: quantity.'],
  ['reference,customer,due,sku,quantity,colour\n', 'There is no column “colour”.'],
  ['reference,customer,due,sku,quantity,sku\n', 'The column “sku” is there twice.'],
  ['reference,customer,due,sku,quantity,\n', 'Column 6 has no name.'],
  ['\0\x01\x02PK', 'does not name the columns'],
])('a file that begins with %j is refused', (text, why) => {
  expect(() => heading(text)).toThrow(why)
})

test('the columns may stand in any order and case, behind a byte order mark, with any of three delimiters', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(importColumn.options, { minLength: importColumn.options.length }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r', ''),
      fc.boolean(),
      (columns, delimiter, newline, marked) => {
        const names = columns.map((name, nth) => (nth % 3 === 0 ? quoted(name.toUpperCase()) : ` ${name}`))
        const text = `${marked ? '\ufeff' : ''}${names.join(delimiter)}${newline}`
        expect(heading(text)).toEqual({ delimiter, columns, bytes: Buffer.byteLength(text) })
      },
    ),
  )
})
