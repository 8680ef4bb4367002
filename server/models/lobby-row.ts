import { type Challenge, type ListedGame, type LobbyState, lobby, ownLobby } from '#channels/lobby'
import type { GameRow } from '#server/models/game-row'

/** A challenge of whatever state, as it was made. */
export function toChallenge({ id, challenger, invited, seats, budget, increment, createdAt }: GameRow): Challenge {
  const chosen = seats.find(({ user }) => user.id === challenger.id)?.seat
  const first = seats.length !== 1 || chosen === undefined ? 'random' : chosen === 0 ? 'me' : 'them'
  return lobby.calls.challenge.output.parse({
    ...{ id, challenger, invited, budget, increment, first },
    at: createdAt.getTime(),
  })
}

/** Nothing when it has not begun. */
export function toListed({ id, budget, increment, seats, startedAt }: GameRow): ListedGame[] {
  const [first, second] = seats
  if (!first || !second || !startedAt) return []
  return [{ id, budget, increment, players: [first.user, second.user], startedAt: startedAt.getTime() }]
}

/** The rooms in which a challenge is told of. */
export function roomsOf({ challenger, invited }: Challenge): string[] {
  return invited ? [ownLobby(challenger.id), ownLobby(invited.id)] : ['all']
}

/** What notices of a challenge are about. */
export const aboutChallenge = (id: string) => `game/${id}`

/** `3 min for each, and 2 s more for each move.` */
export function timeWords({ budget, increment }: { budget: number; increment: number }): string {
  const minutes = budget / 60_000
  const each = `${Number.isInteger(minutes) ? minutes : minutes.toFixed(1)} min for each player`
  return increment === 0 ? `${each}.` : `${each}, and ${increment / 1_000} s more with each move.`
}

export const emptyLobby: LobbyState = { challenges: [], games: [], standings: [] }
