import { type Choices, type NewOrder, newOrder, type PlacedOrder } from '#channels/orders'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { takeNumbers } from '#server/models/number-series'
import { refuse } from '#server/refusal'
import { findReference, refuseReference } from './order-apply'
import { placeOrders } from './order-place'
import { findPlaced } from './order-placed'
import { listProducts } from './product-list'

/**
 * Places one order, under an id that its person has chosen: placed again, it is the same order with the same number.
 * Refuses with `invalid`, also for a reference the customer has used, `not-found` for a customer, site or product there
 * is none of, and `conflict` when the id is that of an order with other content.
 */
export async function placeOrder(input: NewOrder): Promise<PlacedOrder> {
  const asked = parseInput(newOrder, input)
  const { id, siteId, lines, dueOn, ...given } = asked
  const before = await findPlaced(container().database.prisma, asked)
  if (before) return before
  // Checked before a number is taken, which is given out for good.
  await transaction((tx) => requireParts(tx, given, siteId, lines))
  const [number = ''] = await takeNumbers('order', 1)
  return transaction(async (tx) => {
    // Two at once with one id: the second waits here, and finds what the first has placed.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`work_order ${id}`}))`
    const meanwhile = await findPlaced(tx, asked)
    if (meanwhile) return meanwhile
    // Two at once with one reference: the second is told of it.
    await tx.$queryRaw`SELECT 1 FROM customer WHERE id = ${given.customerId}::uuid FOR NO KEY UPDATE`
    await requireParts(tx, given, siteId, lines)
    const order = { ...given, id, number, dueOn: new Date(dueOn), lines: lines.map((line) => ({ ...line, siteId })) }
    const [placed] = await placeOrders(tx, [order])
    if (!placed) refuse('unavailable', 'It was not placed. Try again.')
    return { id, number }
  })
}

async function requireParts(
  tx: Transaction,
  { customerId, reference }: { customerId: string; reference: string | null },
  siteId: string,
  lines: { productId: string }[],
): Promise<void> {
  const site = await tx.customerSite.findFirst({ where: { id: siteId, customerId }, select: { id: true } })
  if (!site) refuse('not-found', 'There is no such customer with such a site.')
  const products = new Set(lines.map(({ productId }) => productId))
  const found = await tx.product.count({ where: { id: { in: [...products] } } })
  if (found < products.size) refuse('not-found', 'There is no such product.')
  const other = await findReference(tx, customerId, reference)
  if (other) refuseReference(other.number)
}

/** For whom and what can be ordered now: customers by name, products by number. */
export async function readChoices(): Promise<Choices> {
  const customers = await container().database.prisma.customer.findMany({
    select: {
      id: true,
      number: true,
      name: true,
      city: true,
      sites: { select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] },
    },
    orderBy: [{ name: 'asc' }, { number: 'asc' }],
  })
  return { customers, products: await listProducts() }
}
