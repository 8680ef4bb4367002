import { z } from 'zod'
import {
  type AudienceRooms,
  audienceRoom,
  type Broadcast,
  type BroadcastRooms,
  broadcasts,
  type NewBroadcast,
  newBroadcast,
  personRoom,
} from '#channels/broadcast'
import type { StateOf } from '#channels/contract'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']
type State = StateOf<typeof broadcasts>

/** Tells everyone concerned at once. Admins only; refuses with `forbidden` or `invalid`. */
export async function announce(actor: Actor, input: NewBroadcast): Promise<Broadcast> {
  requireAdmin(actor)
  const { text, severity, audience, holdsFor } = parseInput(newBroadcast, input)
  return transaction(async (tx) => {
    const at = new Date()
    const created = await tx.broadcast.create({
      data: {
        text,
        severity,
        role: audience === 'all' ? null : audience,
        authorId: actor.id,
        at,
        startsAt: at,
        expiresAt: holdsFor === null ? null : new Date(at.getTime() + holdsFor * 60_000),
      },
      select: row,
    })
    const announced = fromRow(created)
    tx.publish(broadcasts, audienceRoom(audience), 'announced', announced)
    return announced
  })
}

/** Takes a broadcast off every screen. Admins only; withdrawing twice is no error. */
export async function withdraw(actor: Actor, broadcastId: string): Promise<void> {
  requireAdmin(actor)
  const id = parseInput(z.uuid(), broadcastId)
  await transaction(async (tx) => {
    const found = await tx.broadcast.findUnique({ where: { id }, select: row })
    if (!found) refuse('not-found', 'There is no such broadcast.')
    const { count } = await tx.broadcast.updateMany({
      where: { id, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
    })
    if (count > 0) tx.publish(broadcasts, audienceRoom(fromRow(found).audience), 'withdrawn', { id })
  })
}

/** Hides a broadcast from one person, on all their screens and for good. */
export async function dismiss(actor: Actor, id: string): Promise<void> {
  await transaction(async (tx) => {
    const found = await tx.broadcast.findFirst({ where: { id, OR: [{ role: null }, { role: actor.role }] } })
    if (!found) refuse('not-found', 'There is no such broadcast.')
    const now = new Date()
    const receipt = { broadcastId: id, userId: actor.id }
    await tx.broadcastReceipt.createMany({ data: [receipt], skipDuplicates: true })
    const { count } = await tx.broadcastReceipt.updateMany({
      where: { ...receipt, dismissedAt: null },
      data: { dismissedAt: now },
    })
    if (count > 0) tx.publish(broadcasts, personRoom(actor.id), 'dismissed', { id })
  })
}

/** What holds in a room of the channel: an audience's broadcasts, or what a person has dismissed of them. */
export async function readBroadcasts(room: string): Promise<State> {
  const { prisma } = container().database
  const person = room.startsWith(personRoom('')) ? room.slice(personRoom('').length) : undefined
  if (person) {
    const dismissals = await prisma.broadcastReceipt.findMany({
      where: { userId: person, dismissedAt: { not: null }, broadcast: holding() },
      select: { broadcastId: true },
    })
    return { standing: [], dismissed: dismissals.map(({ broadcastId }) => broadcastId) }
  }
  const role = room === 'admin' || room === 'member' ? room : null
  const standing = await prisma.broadcast.findMany({
    where: { ...holding(), role },
    orderBy: { at: 'asc' },
    select: row,
  })
  return { standing: standing.map(fromRow), dismissed: [] }
}

/** The three rooms a person's screens join, for the first paint. */
export async function openBroadcasts(actor: Actor): Promise<BroadcastRooms> {
  const [all, role, person] = await Promise.all([openRoom('all'), openRoom(actor.role), openRoom(personRoom(actor.id))])
  return { all, role, person }
}

/** The rooms of all audiences, for the first paint of the settings page. Admins only. */
export async function openAudiences(actor: Actor): Promise<AudienceRooms> {
  requireAdmin(actor)
  const [all, admin, member] = await Promise.all([openRoom('all'), openRoom('admin'), openRoom('member')])
  return { all, admin, member }
}

function openRoom(room: string): Promise<FirstPaint<State>> {
  return firstPaint(broadcasts, room, () => readBroadcasts(room))
}

function requireAdmin(actor: Actor): void {
  if (actor.role !== 'admin') refuse('forbidden', 'Only admins may broadcast.')
}

function holding(): Prisma.BroadcastWhereInput {
  return { withdrawnAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] }
}

const row = {
  id: true,
  text: true,
  severity: true,
  role: true,
  at: true,
  expiresAt: true,
  author: { select: { name: true } },
} satisfies Prisma.BroadcastSelect

function fromRow(found: Prisma.BroadcastGetPayload<{ select: typeof row }>): Broadcast {
  const { id, text, severity, role, author, at, expiresAt } = found
  return {
    id,
    text,
    severity,
    audience: role ?? 'all',
    author: author.name,
    at: at.getTime(),
    expiresAt: expiresAt?.getTime() ?? null,
  }
}
