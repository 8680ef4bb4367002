import { type OrderPlan, orderPlan, type PlanState, plan } from '#channels/plan'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { readHolder } from '#server/models/busy-lock'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

/** The lock of whoever calculates the plan of this order. */
export const planLocks = 'plan'
export const planLock = (orderId: string): string => `${planLocks}/${orderId}`

const planRow = { plan: true, at: true, calculatedBy: { select: { id: true, name: true } } } as const

/** What every screen shows that has the order open. Refuses with `not-found` when there is no such order. */
export async function readPlan(orderId: string): Promise<PlanState> {
  const { prisma } = container().database
  const holder = await readHolder(prisma, planLock(orderId))
  const order = await prisma.workOrder.findUnique({ where: { id: orderId }, select: { plan: { select: planRow } } })
  if (!order) refuse('not-found', 'There is no such order.')
  const running = holder?.by ? { run: holder.token, by: holder.by, since: holder.since } : null
  return { running, plan: order.plan && toPlan(order.plan) }
}

interface Row {
  plan: unknown
  at: Date
  calculatedBy: OrderPlan['by']
}

/** One that an older version of ours has written may not be readable any more: then there is none. */
function toPlan({ plan: stored, at, calculatedBy }: Row): OrderPlan | null {
  return orderPlan.safeParse({ ...Object(stored), at: at.getTime(), by: calculatedBy }).data ?? null
}

/** For the first paint. Refuses as `readPlan` does. */
export function openPlan(orderId: string): Promise<FirstPaint<PlanState>> {
  return firstPaint(plan, orderId, () => readPlan(orderId))
}

/** Refuses with `not-found` when there is no such order. */
export async function requireOrder(orderId: string): Promise<void> {
  const { prisma } = container().database
  const order = await prisma.workOrder.findUnique({ where: { id: orderId }, select: { id: true } })
  if (!order) refuse('not-found', 'There is no such order.')
}
