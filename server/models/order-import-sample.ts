import { stringify } from 'csv-stringify/sync'
import { importColumn } from '#channels/order-import'
import { container } from '#server/container'
import { dateOf } from '#server/models/wall-clock'

/** So many orders. */
const size = 12
const day = 24 * 60 * 60_000

/**
 * A file of orders for what this workshop makes and for whom, that can be imported as it stands. Its references begin
 * with the minute it was made in, so that it can be taken again.
 */
export async function* sampleImport(at = new Date()): AsyncGenerator<Uint8Array, void, void> {
  const { customer, product } = container().database.prisma
  const sites = { select: { name: true }, orderBy: { name: 'asc' } } as const
  const [customers, products] = await Promise.all([
    customer.findMany({ take: size, orderBy: { number: 'asc' }, select: { number: true, sites } }),
    product.findMany({ take: 24, orderBy: { sku: 'asc' }, select: { sku: true } }),
  ])
  const minute = at.toISOString().slice(2, 16).replace(/\D/g, '')
  const due = (days: number) => dateOf(at.getTime() + days * day)
  const rows = customers.flatMap(({ number, sites: own }, nth) =>
    products.slice(nth * 2, nth * 2 + 1 + (nth % 3)).map(({ sku }, line) => ({
      reference: `S${minute}-${nth + 1}`,
      customer: number,
      due: due(10 + nth),
      priority: nth % 5 === 0 ? 'high' : 'normal',
      sku,
      quantity: 5 * (nth + line + 1),
      site: own[line % own.length]?.name ?? '',
      contact: nth % 4 === 0 ? 'Goods inwards' : '',
      note: nth % 6 === 0 ? 'Call ahead, the yard is narrow' : '',
    })),
  )
  yield Buffer.from(
    stringify(rows, {
      header: true,
      columns: importColumn.options,
      record_delimiter: 'windows',
      escape_formulas: true,
    }),
  )
}
