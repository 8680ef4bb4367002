import { randomUUID } from 'node:crypto'
import type { Game, TimeControl } from '#channels/game'
import { container } from '#server/container'
import { accept, challenge } from '#server/models/game-challenge'
import { playMove } from '#server/models/game-play'
import { findRow, toGame } from '#server/models/game-row'
import type { LiveSession } from '#server/models/session'

type Actor = LiveSession['user']
const minutes: TimeControl = { budget: 180_000, increment: 2_000 }

/** For tests: a game that has begun between the two, the first of whom plays first, as it stands after these moves. */
export async function startGame(players: [Actor, Actor], moves = '', time = minutes): Promise<string> {
  const [first, second] = players
  const id = randomUUID()
  await challenge(first, { id, opponent: second.id, ...time, first: 'me' })
  await accept(second, id)
  await playAll(players, id, moves)
  return id
}

/** Goes on from where the game is. */
export async function playAll(players: [Actor, Actor], id: string, moves: string): Promise<void> {
  const begun = (await readStored(id)).moves.length
  for (const [nth, digit] of [...moves].entries()) {
    const number = begun + nth
    await playMove(number % 2 === 0 ? players[0] : players[1], id, { column: Number(digit), number })
  }
}

/** As it lies in the database. */
export async function readStored(id: string): Promise<Game> {
  const row = await findRow(container().database.prisma, id)
  if (!row) throw new Error('There is no such game.')
  return toGame(row)
}
