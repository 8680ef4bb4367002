import type { SessionPlace, SignInWait } from '#channels/session'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { alive } from '#server/models/session'
import { toPlace } from '#server/models/session-list'
import { isAsking, isOver } from '#server/models/sign-in-request'

/** Null when there is nothing to wait for any more. */
export async function readWait(requestId: string): Promise<SignInWait | null> {
  const request = await container().database.prisma.signInRequest.findUnique({ where: { id: requestId } })
  if (!request || isOver(request)) return null
  const place = await findPlace({ userId: request.userId })
  if (request.answer === 'kept') return { is: 'kept', left: 0, place }
  if (!place || !isAsking(request)) return { is: 'open', left: 0, place }
  return { is: 'waiting', left: Math.max(0, request.until.getTime() - Date.now()), place }
}

/** Null once the session that was in the way has ended. */
export async function readHolder(sessionId: string): Promise<SignInWait | null> {
  const place = await findPlace({ id: sessionId })
  return place && { is: 'held', left: 0, place }
}

/** Of several sessions that of the last in use. */
async function findPlace(which: Prisma.SessionWhereInput): Promise<SessionPlace | null> {
  const { session } = container().database.prisma
  const found = await session.findFirst({ where: { ...which, ...alive() }, orderBy: { lastSeenAt: 'desc' } })
  return found && toPlace(found)
}
