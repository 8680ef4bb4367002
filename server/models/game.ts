import type { Game, GamePaint, GameState } from '#channels/game'
import { games } from '#channels/game'
import { container } from '#server/container'
import { findRow, toGame } from '#server/models/game-row'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/** Everyone may watch; a challenge to one person is theirs and the challenger's. Refuses with `not-found`. */
export async function readGame(actor: Actor, id: string): Promise<GameState> {
  const row = await findRow(container().database.prisma, id)
  const game = row && toGame(row)
  if (!game || !maySee(actor, game)) refuse('not-found', 'There is no such game.')
  return { game }
}

export function maySee({ id }: Actor, { seats, challenger, invited }: Game): boolean {
  return seats.length > 0 || invited === null || invited.id === id || challenger.id === id
}

/** For the first paint of its page; null where there is no such game for this person. */
export async function openGame(actor: Actor, id: string): Promise<GamePaint | null> {
  const room = games.room.safeParse(id)
  if (!room.success) return null
  const row = await findRow(container().database.prisma, room.data)
  if (!row || !maySee(actor, toGame(row))) return null
  return firstPaint(games, room.data, () => readGame(actor, room.data))
}
