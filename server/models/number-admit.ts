import { heldFor, heldMost, type Reservation } from '#channels/number'
import type { Prisma } from '#server/db/generated/client'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { type ReservationRow, readReservations, toReservation } from './number-row'

export interface Wish {
  actor: LiveSession['user']
  /** Chosen by who asks. */
  id: string
}

export interface Admitted {
  /** Those who get a number, in turn. */
  fresh: Wish[]
  /** What was reserved by these ids before. */
  known: Map<string, ReservationRow>
  tooMany: Set<Wish>
}

/** Finds out who gets a number: not who has asked before with this id, and not who holds too many. */
export async function admit(client: Prisma.TransactionClient, key: string, wishes: Wish[]): Promise<Admitted> {
  const ids = wishes.map(({ id }) => id)
  const known = await readReservations(client, ids)
  const people = [...new Set(wishes.map(({ actor }) => actor.id))]
  const counts = await client.numberReservation.groupBy({
    by: ['userId'],
    where: { seriesKey: key, state: 'reserved', userId: { in: people } },
    _count: true,
  })
  const held = new Map(counts.map(({ userId, _count }) => [userId, _count]))
  const fresh = new Map<string, Wish>()
  const tooMany = new Set<Wish>()
  for (const wish of wishes) {
    if (known.has(wish.id) || fresh.has(wish.id)) continue
    const count = held.get(wish.actor.id) ?? 0
    if (count >= heldMost) {
      tooMany.add(wish)
      continue
    }
    fresh.set(wish.id, wish)
    held.set(wish.actor.id, count + 1)
  }
  return { fresh: [...fresh.values()], known, tooMany }
}

/** What one of the wishes is answered, once the fresh ones are held. */
export function answerOf(key: string, admitted: Admitted, made: Map<string, Reservation>, wish: Wish): Reservation {
  if (admitted.tooMany.has(wish)) refuseTooMany()
  const row = admitted.known.get(wish.id)
  if (row && row.seriesKey !== key) refuseOther()
  const answer = row ? toReservation(row) : made.get(wish.id)
  if (answer?.by.id !== wish.actor.id) refuseOther()
  if (answer.state === 'returned') refuse('conflict', `${answer.number} ${whyReturned(answer)}`)
  return answer
}

export function refuseTooMany(): never {
  refuse('conflict', `You hold ${heldMost} numbers of this series. Confirm one or give one back first.`)
}

/** How a number that was given back came to be so; after its name. */
export function whyReturned({ at, settledAt }: Pick<Reservation, 'at' | 'settledAt'>): string {
  return settledAt !== null && settledAt - at >= heldFor ? 'was held for two minutes and went back.' : 'was given back.'
}

function refuseOther(): never {
  refuse('conflict', 'Another reservation has this id.')
}
