import { type SignInAnswer, type SignInAsk, sessions } from '#channels/session'
import type { SignInRequest } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { beginSession, findHolder, type LiveSession, type SignIn } from '#server/models/session'
import { type LockedUser, lockUser } from '#server/models/user-lock'
import { refuse } from '#server/refusal'

/** How long the old session is asked, in milliseconds. Without an answer it has given way. */
export const answerWithin = 20_000
/** How long after that the browser that waited may still come in: it may be reloading, or the server. */
export const claimWithin = 60_000

/** What comes of a sign-in whose password was right. `request` waits for an answer; `by` is the session in the way. */
export type Admission =
  | { is: 'admitted'; session: LiveSession }
  | { is: 'waiting'; request: string }
  | { is: 'held'; by: string }
  | { is: 'kept' | 'over' }

/**
 * Starts a session where the person's policy lets it; under `oldest` answers which session is in the way, and under
 * `ask` asks it. Refuses as `lockUser` does.
 */
export async function requestSignIn(signIn: SignIn): Promise<Admission> {
  return transaction(async (tx) => {
    const person = await lockUser(tx, signIn.user)
    const holder = await findHolder(tx, person, signIn.replaces)
    if (!holder) return admit(tx, person, signIn)
    if (person.policy === 'oldest') return { is: 'held', by: holder.id }
    return { is: 'waiting', request: await ask(tx, person.id, signIn) }
  })
}

/**
 * Lets in whoever waited, once the old session has given way, has not answered in time, or is gone; each request lets
 * in once. Refuses with `forbidden` when the person has been disabled meanwhile.
 */
export async function claimSignIn(id: string, from: Omit<SignIn, 'user'>): Promise<Admission> {
  return transaction(async (tx) => {
    const found = await tx.signInRequest.findUnique({ where: { id }, select: { userId: true } })
    if (!found) return { is: 'over' }
    const person = await lockUser(tx, { id: found.userId })
    // Read again: what holds is what is there under the lock.
    const request = await tx.signInRequest.findUnique({ where: { id } })
    if (!request || isOver(request)) return { is: 'over' }
    if (request.answer === 'kept') return { is: 'kept' }
    const holder = await findHolder(tx, person, from.replaces)
    if (holder && person.policy === 'ask' && isAsking(request)) return { is: 'waiting', request: id }
    await tx.signInRequest.delete({ where: { id } })
    // With an answer it had been settled before.
    if (request.answer === null) tx.publish(sessions, person.id, 'settled', { id })
    // The policy has been changed meanwhile.
    if (holder && person.policy === 'oldest') return { is: 'held', by: holder.id }
    return admit(tx, person, from)
  })
}

/** Keeps the place or gives way. Refuses with `not-found` for a request of somebody else, and `conflict` once it is settled. */
export async function answerRequest(actor: LiveSession['user'], id: string, answer: SignInAnswer): Promise<void> {
  await transaction(async (tx) => {
    await lockUser(tx, { id: actor.id })
    const request = await tx.signInRequest.findFirst({ where: { id, userId: actor.id } })
    if (!request) refuse('not-found', 'There is no such sign-in.')
    if (!isAsking(request)) refuse('conflict', 'This sign-in has been settled already.')
    await tx.signInRequest.update({ where: { id }, data: { answer } })
    tx.publish(sessions, actor.id, 'settled', { id })
  })
}

/** Whoever waited does so no more. */
export async function withdrawRequest(id: string): Promise<void> {
  await transaction(async (tx) => {
    // In one statement: it may be answered at this instant, and is settled by that then.
    const [gone] = await tx.$queryRaw<{ userId: string; asking: boolean }[]>`
      DELETE FROM sign_in_request WHERE id = ${id}::uuid RETURNING user_id::text AS "userId", answer IS NULL AS asking`
    if (gone?.asking) tx.publish(sessions, gone.userId, 'settled', { id })
  })
}

/** Turns away whoever waits: the password they gave opens nothing any more. */
export async function dropRequests(tx: Transaction, userId: string): Promise<void> {
  const dropped = await tx.signInRequest.findMany({ where: { userId }, select: { id: true, answer: true } })
  await tx.signInRequest.deleteMany({ where: { userId } })
  for (const { id, answer } of dropped) if (answer === null) tx.publish(sessions, userId, 'settled', { id })
}

async function ask(tx: Transaction, userId: string, { device, address }: SignIn): Promise<string> {
  const now = Date.now()
  await tx.signInRequest.deleteMany({ where: { userId, until: { lt: new Date(now - claimWithin) } } })
  const request = await tx.signInRequest.create({
    data: { userId, device, address, at: new Date(now), until: new Date(now + answerWithin) },
  })
  tx.publish(sessions, userId, 'asked', toAsk(request))
  return request.id
}

async function admit(tx: Transaction, person: LockedUser, signIn: Omit<SignIn, 'user'>): Promise<Admission> {
  const session = await beginSession(tx, person, signIn)
  if (person.policy === 'ask') await askAnew(tx, person.id)
  return { is: 'admitted', session }
}

/** Of several who wait one has come in: the others have not asked that one yet, whatever the old session answered them. */
async function askAnew(tx: Transaction, userId: string): Promise<void> {
  const now = Date.now()
  const waiting = await tx.signInRequest.updateManyAndReturn({
    where: { userId, until: { gt: new Date(now - claimWithin) }, OR: [{ answer: null }, { answer: 'yielded' }] },
    data: { answer: null, until: new Date(now + answerWithin) },
  })
  for (const request of waiting) tx.publish(sessions, userId, 'asked', toAsk(request))
}

export function isAsking({ answer, until }: Pick<SignInRequest, 'answer' | 'until'>): boolean {
  return answer === null && until.getTime() > Date.now()
}

export function isOver({ until }: Pick<SignInRequest, 'until'>): boolean {
  return until.getTime() < Date.now() - claimWithin
}

export function toAsk({ id, device, address, at, until }: SignInRequest): SignInAsk {
  return { id, device, address, at: at.getTime(), until: until.getTime() }
}
