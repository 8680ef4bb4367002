import { notificationKinds, notifications, type Preference, preference, usual } from '#channels/notification'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { fromStored, toStored } from './notification-row'

type Actor = LiveSession['user']

/** One for each kind, in the order in which they are shown. */
export async function readPreferences(actor: Actor): Promise<Preference[]> {
  const stored = await container().database.prisma.notificationPreference.findMany({
    where: { userId: actor.id },
    select: { kind: true, inbox: true, toast: true, system: true },
  })
  const said = new Map(stored.map((one) => [fromStored(one.kind), one]))
  return notificationKinds.map((kind) => ({ ...usual(kind), ...said.get(kind), kind }))
}

/** Holds for what comes from now on, and on all the person's screens. */
export async function prefer(actor: Actor, input: Preference): Promise<Preference> {
  const wanted = parseInput(preference, input)
  const { kind, ...ways } = wanted
  return transaction(async (tx) => {
    const key = { userId: actor.id, kind: toStored(kind) }
    await tx.notificationPreference.upsert({
      where: { userId_kind: key },
      create: { ...key, ...ways },
      update: ways,
    })
    tx.publish(notifications, actor.id, 'preferred', {})
    return wanted
  })
}
