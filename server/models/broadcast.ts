import { z } from 'zod'
import {
  type Broadcast,
  type BroadcastEdit,
  broadcastEdit,
  broadcasts,
  type NewBroadcast,
  newBroadcast,
} from '#channels/broadcast'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { audienceColumns, type BroadcastRow, broadcastRow, tellDesk, toBroadcast } from '#server/models/broadcast-row'
import { notify } from '#server/models/notification'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/**
 * Tells everyone concerned, at once or from its start. Admins only; refuses with `forbidden`, with `invalid` naming
 * the fields, or with `not-found` when it is for one person whom there is not.
 */
export async function announce(actor: Actor, input: NewBroadcast): Promise<Broadcast> {
  requireAdmin(actor)
  const { audience, startsAt, holdsFor, countsTo, ...words } = parseInput(newBroadcast, input)
  const at = new Date()
  const start = new Date(Math.max(at.getTime(), startsAt ?? 0))
  const expiresAt = holdsFor === null ? null : new Date(start.getTime() + holdsFor * 60_000)
  requireLater('countsTo', countsTo, start)
  return transaction(async (tx) => {
    const whom = audienceColumns(audience)
    if (whom.personId) await requirePerson(tx, whom.personId)
    const row = await tx.broadcast.create({
      data: {
        ...words,
        ...whom,
        authorId: actor.id,
        at,
        startsAt: start,
        expiresAt,
        countsTo: countsTo === null ? null : new Date(countsTo),
        announcedAt: start > at ? null : at,
      },
      select: broadcastRow,
    })
    if (row.announcedAt) await tell(tx, row)
    tellDesk(tx, row)
    tx.afterCommit(() => container().work.broadcasts.look())
    return toBroadcast(row)
  })
}

/**
 * Changes one that stands or is to come, on every screen at once. Admins only; refuses with `forbidden`, `invalid`,
 * `not-found`, or `conflict` when it has been edited or withdrawn, or is over, since it was read.
 */
export async function edit(actor: Actor, broadcastId: string, input: BroadcastEdit): Promise<Broadcast> {
  requireAdmin(actor)
  const id = parseInput(z.uuid(), broadcastId)
  const { version, expiresAt, countsTo, ...words } = parseInput(broadcastEdit, input)
  const now = new Date()
  requireLater('expiresAt', expiresAt, now)
  return transaction(async (tx) => {
    const { startsAt } = await requireBroadcast(tx, id)
    requireLater('countsTo', countsTo, startsAt)
    const [row] = await tx.broadcast.updateManyAndReturn({
      where: { id, version, ...holding(now) },
      data: {
        ...words,
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
        countsTo: countsTo === null ? null : new Date(countsTo),
        version: { increment: 1 },
        editedAt: now,
      },
      select: broadcastRow,
    })
    if (!row) refuse('conflict', 'It has been changed meanwhile. Look at it once more.')
    const edited = toBroadcast(row)
    if (row.announcedAt) tx.publish(broadcasts, edited.audience, 'edited', edited)
    tellDesk(tx, row)
    return edited
  })
}

/** Takes a broadcast off every screen, or out of the plan. Admins only; withdrawing twice is no error. */
export async function withdraw(actor: Actor, broadcastId: string): Promise<void> {
  requireAdmin(actor)
  const id = parseInput(z.uuid(), broadcastId)
  await transaction(async (tx) => {
    await requireBroadcast(tx, id)
    const [row] = await tx.broadcast.updateManyAndReturn({
      where: { id, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
      select: broadcastRow,
    })
    if (!row) return
    if (row.announcedAt) tx.publish(broadcasts, toBroadcast(row).audience, 'withdrawn', { id })
    tellDesk(tx, row)
  })
}

/**
 * Tells those whose time has come: each once, whichever nodes look at the same instant. Resolves with when the next
 * is due (milliseconds since 1970), or null when nothing is planned.
 */
export async function announceDue(): Promise<number | null> {
  for (;;) {
    const next = await container().database.prisma.broadcast.findFirst({
      where: { announcedAt: null, ...holding(new Date()) },
      orderBy: { startsAt: 'asc' },
      select: { startsAt: true },
    })
    if (!next || next.startsAt > new Date()) return next?.startsAt.getTime() ?? null
    await tellDue()
  }
}

async function tellDue(): Promise<void> {
  const now = new Date()
  await transaction(async (tx) => {
    const rows = await tx.broadcast.updateManyAndReturn({
      where: { announcedAt: null, startsAt: { lte: now }, ...holding(now) },
      data: { announcedAt: now },
      select: broadcastRow,
    })
    for (const row of rows) {
      await tell(tx, row)
      tellDesk(tx, row)
    }
  })
}

/** Puts it on the open screens of its audience, and into their inboxes for those who have none open. */
async function tell(tx: Transaction, row: BroadcastRow): Promise<void> {
  const announced = toBroadcast(row)
  const { role, person } = row
  const people = await tx.user.findMany({
    where: { disabledAt: null, ...(role && { role }), ...(person && { id: person.id }) },
    select: { id: true },
  })
  const userIds = people.map(({ id }) => id)
  const title = `Broadcast from ${announced.author}`
  await notify(tx, { userIds, kind: 'broadcast', about: `broadcast/${row.id}`, title, body: row.text, href: null })
  tx.publish(broadcasts, announced.audience, 'announced', announced)
}

/** Neither withdrawn nor over; whether it has begun is another matter. */
export function holding(now: Date): Prisma.BroadcastWhereInput {
  return { withdrawnAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
}

export function requireAdmin(actor: Actor): void {
  if (actor.role !== 'admin') refuse('forbidden', 'Only admins may broadcast.')
}

async function requireBroadcast(tx: Transaction, id: string): Promise<{ startsAt: Date }> {
  const found = await tx.broadcast.findUnique({ where: { id }, select: { startsAt: true } })
  return found ?? refuse('not-found', 'There is no such broadcast.')
}

async function requirePerson(tx: Transaction, id: string): Promise<void> {
  if ((await tx.user.count({ where: { id, disabledAt: null } })) === 0) refuse('not-found', 'There is no such person.')
}

function requireLater(path: string, moment: number | null, than: Date): void {
  if (moment !== null && moment <= than.getTime()) {
    const message = 'Choose a later time.'
    refuse('invalid', message, { issues: [{ path, message }] })
  }
}
