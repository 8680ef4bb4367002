import { type Delivery, type Effort, type Outcome, type PlannedLine, plan, type Running } from '#channels/plan'
import type { UserRef } from '#channels/user'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { type Problem, whyNot } from '#server/jobs/routing/problem'
import { freeLock, nextLapse, readHolder, sweepLocks, takeLock } from '#server/models/busy-lock'
import { planLock, planLocks } from '#server/models/order-plan'
import { readPlannedOrder } from '#server/models/order-plan-content'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/** A calculation that has begun: what a worker needs, and what its result is written with. */
export interface PlanTask {
  orderId: string
  run: string
  by: UserRef
  effort: Effort
  problem: Problem
  madeOf: PlannedLine[]
  orderVersion: number
}

/**
 * Takes the lock of the order's plan and begins to calculate on this node. Refuses with `not-found`, with `conflict`
 * while another is at it, when the order is closed or cannot be delivered, and with `unavailable` when this node has
 * too much to do.
 */
export async function calculatePlan(actor: Actor, orderId: string, effort: Effort): Promise<Running> {
  const { plans } = container().work
  if (plans.full) refuse('unavailable', 'Many plans are being calculated at the moment. Try again in a minute.')
  const by = { id: actor.id, name: actor.name }
  const task = await transaction(async (tx) => {
    const { version, closed, problem, madeOf } = await readPlannedOrder(tx, orderId)
    if (closed) refuse('conflict', 'This order is closed: there is nothing more to deliver.')
    const reason = whyNot(problem)
    if (reason) refuse('conflict', reason)
    // What a dead node has left is told as lost before it is taken over.
    await sweep(tx)
    const taken = await takeLock(tx, planLock(orderId), actor.id)
    if ('holder' in taken) refuse('conflict', `${taken.holder.by?.name ?? 'Someone'} is calculating already.`)
    const { token: run, since } = taken
    tx.publish(plan, orderId, 'began', { run, by, since })
    return { orderId, run, since, by, effort, problem, madeOf, orderVersion: version }
  })
  plans.begin(task)
  return { run: task.run, by, since: task.since }
}

/**
 * Ends a calculation, on whichever node it runs. Refuses with `conflict` when it is over, and with `forbidden` for
 * whoever has neither begun it nor is an admin.
 */
export async function cancelPlan(actor: Actor, orderId: string, run: string): Promise<void> {
  await transaction(async (tx) => {
    const holder = await readHolder(tx, planLock(orderId))
    if (holder?.token !== run) refuse('conflict', 'This calculation is over already.')
    if (holder.by?.id !== actor.id && actor.role !== 'admin') {
      refuse('forbidden', `Only ${holder.by?.name ?? 'who began it'} and admins may cancel this.`)
    }
    const by = { id: actor.id, name: actor.name }
    if (!(await end(tx, { orderId, run }, { is: 'cancelled', by }))) refuse('conflict', 'It is over already.')
  })
  container().work.plans.halt(run)
}

/** Writes the plan and frees the lock, or does neither when the lock was lost; answers which. */
export async function finishPlan(task: PlanTask, delivery: Delivery): Promise<boolean> {
  const { orderId, by, madeOf, orderVersion } = task
  const at = new Date()
  return transaction(async (tx) => {
    const plan = { ...delivery, madeOf, by, at: at.getTime() }
    if (!(await end(tx, task, { is: 'done', plan }))) return false
    const row = { plan: { ...delivery, madeOf }, at, orderVersion, calculatedById: by.id }
    await tx.orderPlan.upsert({ where: { orderId }, create: { orderId, ...row }, update: row })
    return true
  })
}

/** Frees the lock of a calculation that came to nothing, and says so; not when someone has done so before. */
export async function giveUpPlan(task: Pick<PlanTask, 'orderId' | 'run'>, outcome: Outcome): Promise<boolean> {
  return transaction((tx) => end(tx, task, outcome))
}

/** Frees what dead nodes have left, and says so. Gives when to look again (milliseconds since 1970), null for whenever. */
export async function sweepPlans(): Promise<number | null> {
  await transaction(sweep)
  const wait = await nextLapse(container().database.prisma, planLocks)
  return wait === null ? null : Date.now() + Math.max(wait, 0) + 50
}

async function sweep(tx: Transaction): Promise<void> {
  for (const { key, token: run } of await sweepLocks(tx, planLocks)) {
    const orderId = key.slice(planLocks.length + 1)
    tx.publish(plan, orderId, 'ended', { run, outcome: { is: 'lost' } })
    tx.afterCommit(() => container().latest.withdraw(plan, orderId, 'progressed', run))
  }
}

/** The lock tells of all who would end a run the one that does. */
async function end(
  tx: Transaction,
  { orderId, run }: Pick<PlanTask, 'orderId' | 'run'>,
  outcome: Outcome,
): Promise<boolean> {
  const ours = await freeLock(tx, planLock(orderId), run)
  if (ours) tx.publish(plan, orderId, 'ended', { run, outcome })
  return ours
}
