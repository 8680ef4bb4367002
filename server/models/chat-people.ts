import { z } from 'zod'
import type { UserRef } from '#channels/user'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

const named = z.object({ text: z.string().trim().max(60).default('') })

/** Whom one can write to or let in: the first 20 others, by name, whose name holds the text. */
export async function findPeople(
  actor: LiveSession['user'],
  input: z.input<typeof named>,
): Promise<{ people: UserRef[] }> {
  const { text } = parseInput(named, input)
  // What stands for any letters in a pattern stands for itself here.
  const contains = text.toLowerCase().replace(/[\\%_]/g, '\\$&')
  const people = await container().database.prisma.user.findMany({
    where: { disabledAt: null, id: { not: actor.id }, name: { contains } },
    orderBy: { name: 'asc' },
    take: 20,
    select: { id: true, name: true },
  })
  return { people }
}

/** Refuses with `not-found` for a person there is not, or whose account is disabled. */
export async function requirePerson(tx: Prisma.TransactionClient, id: string): Promise<UserRef> {
  const found = await tx.user.findFirst({ where: { id, disabledAt: null }, select: { id: true, name: true } })
  return found ?? refuse('not-found', 'There is no such person.')
}
