import type { PlannedLine } from '#channels/plan'
import type { Prisma } from '#server/db/generated/client'
import type { Problem } from '#server/jobs/routing/problem'
import { isClosed } from '#server/models/order-state'
import { refuse } from '#server/refusal'

/** An order as far as its delivery is concerned. */
export interface PlannedOrder {
  version: number
  closed: boolean
  problem: Problem
  madeOf: PlannedLine[]
}

/** Refuses with `not-found`. */
export async function readPlannedOrder(client: Prisma.TransactionClient, orderId: string): Promise<PlannedOrder> {
  const order = await client.workOrder.findUnique({
    where: { id: orderId },
    select: {
      version: true,
      state: true,
      lines: {
        orderBy: { position: 'asc' },
        select: {
          id: true,
          position: true,
          quantity: true,
          product: { select: { name: true, weightGrams: true } },
          site: { select: { id: true, name: true, east: true, north: true } },
        },
      },
    },
  })
  if (!order) refuse('not-found', 'There is no such order.')
  const sites = new Map(order.lines.map(({ site }) => [site.id, site]))
  return {
    version: order.version,
    closed: isClosed(order.state),
    problem: {
      sites: [...sites.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
      lines: order.lines.map(({ position, quantity, product, site }) => ({
        line: position,
        product: product.name,
        siteId: site.id,
        quantity,
        weightGrams: product.weightGrams,
      })),
    },
    madeOf: order.lines.map(({ id, site, quantity }) => ({ id, siteId: site.id, quantity })),
  }
}
