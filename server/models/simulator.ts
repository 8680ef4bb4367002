import { type DashboardPaint, dashboard, type Simulator, simulatorRoom, speed } from '#channels/dashboard'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { readSetting, writeSetting } from '#server/models/setting'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/** One that was forgotten must not fill the disk. In milliseconds. */
export const runsFor = 30 * 60_000

export function readSimulator(): Promise<Simulator> {
  return readSetting('simulator')
}

/** How it stands, for the first paint. Anyone who is signed in may look. */
export function openSimulator(_: Actor): Promise<DashboardPaint> {
  return firstPaint(dashboard, simulatorRoom, async () => ({ simulator: await readSimulator() }))
}

/**
 * Runs it for half an hour from now, at so many orders a minute; one that runs goes on at that speed, for half an hour
 * from now. Admins only; refuses with `forbidden`, `invalid`, or `conflict` where there is nothing to order.
 */
export async function startSimulator({ id, name, role }: Actor, perMinute: number): Promise<Simulator> {
  requireAdmin(role)
  const chosen = parseInput(speed, perMinute)
  return change(async (tx, { run }) => {
    await requireCatalogue(tx)
    const now = Date.now()
    const began = run && run.until > now ? { by: run.by, since: run.since } : { by: { id, name }, since: now }
    return { ...began, until: now + runsFor, speed: chosen }
  })
}

/** Admins only; refuses with `forbidden`, `invalid`, or `conflict` when it does not run. */
export async function paceSimulator({ role }: Actor, perMinute: number): Promise<Simulator> {
  requireAdmin(role)
  const chosen = parseInput(speed, perMinute)
  return change(async (_, { run }) => {
    if (!run || run.until <= Date.now()) refuse('conflict', 'The simulator does not run. Start it first.')
    return { ...run, speed: chosen }
  })
}

/** Admins only; stopping twice is no error. */
export async function stopSimulator({ role }: Actor): Promise<Simulator> {
  requireAdmin(role)
  return change(async () => null)
}

/** Stops it when its time is over. Any node may find that, and several at once: it is told once. */
export async function endSimulator(): Promise<void> {
  await change(async (_, { run }) => (run && run.until <= Date.now() ? null : run))
}

async function change(next: (tx: Transaction, before: Simulator) => Promise<Simulator['run']>): Promise<Simulator> {
  return transaction(async (tx) => {
    // Whoever changes it waits here for the other, also the first time, when there is no row yet.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('simulator'))`
    const before = await readSetting('simulator', tx)
    const run = await next(tx, before)
    if (JSON.stringify(run) === JSON.stringify(before.run)) return before
    const after = { version: before.version + 1, run }
    await writeSetting('simulator', after, tx)
    tx.publish(dashboard, simulatorRoom, 'switched', after)
    tx.afterCommit(() => container().work.simulator.look())
    return after
  })
}

async function requireCatalogue(tx: Transaction): Promise<void> {
  const nothing = (await tx.product.count()) === 0 || (await tx.customerSite.count()) === 0
  if (nothing) refuse('conflict', 'There is nothing to order yet: add products and customers first.')
}

function requireAdmin(role: Actor['role']): void {
  if (role !== 'admin') refuse('forbidden', 'Only an admin may operate the simulator.')
}
