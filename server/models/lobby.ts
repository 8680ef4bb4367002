import { type LobbyRooms, type LobbyState, lobby, ownLobby } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { type GameRow, gameRow } from '#server/models/game-row'
import { readStandings } from '#server/models/game-standing'
import { emptyLobby, toChallenge, toListed } from '#server/models/lobby-row'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/** The most people a form offers to play against. */
const mostPeople = 200

/** Refuses with `forbidden` for the room of another person. */
export function requireLobby(actor: Actor, room: string): void {
  if (room !== 'all' && room !== ownLobby(actor.id)) refuse('forbidden', 'These challenges are someone else’s.')
}

/** What is everyone's, or the challenges between this person and one other; the oldest first. */
export async function readLobby(actor: Actor, room: string): Promise<LobbyState> {
  requireLobby(actor, room)
  if (room !== 'all') {
    const between = { OR: [{ challengerId: actor.id }, { invitedId: actor.id }] }
    return {
      ...emptyLobby,
      challenges: (await find({ state: 'open', invitedId: { not: null }, ...between })).map(toChallenge),
    }
  }
  const challenges = await find({ state: 'open', invitedId: null })
  const playing = await find({ state: 'playing' })
  const standings = await readStandings(container().database.prisma)
  return { challenges: challenges.map(toChallenge), games: playing.flatMap(toListed), standings }
}

function find(where: Prisma.GameWhereInput): Promise<GameRow[]> {
  const orderBy = [{ startedAt: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }] as const
  return container().database.prisma.game.findMany({ where, orderBy: [...orderBy], select: gameRow })
}

/** Both rooms of a person's screens, for the first paint. */
export async function openLobby(actor: Actor): Promise<LobbyRooms> {
  const [all, person] = await Promise.all([openRoom(actor, 'all'), openRoom(actor, ownLobby(actor.id))])
  return { all, person }
}

function openRoom(actor: Actor, room: string): Promise<FirstPaint<LobbyState>> {
  return firstPaint(lobby, room, () => readLobby(actor, room))
}

/** The others whom one can challenge, by name. */
export function listOpponents(actor: Actor): Promise<UserRef[]> {
  return container().database.prisma.user.findMany({
    where: { disabledAt: null, id: { not: actor.id } },
    orderBy: { name: 'asc' },
    take: mostPeople,
    select: { id: true, name: true },
  })
}
