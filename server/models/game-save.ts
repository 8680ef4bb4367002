import { type Game, games } from '#channels/game'
import { lobby } from '#channels/lobby'
import { container } from '#server/container'
import type { Transaction } from '#server/db/transaction'
import { dueAt } from '#server/models/game-course'
import { rank } from '#server/models/game-standing'

/** Writes a game that has gone on, in the transaction that has locked it, and tells those who see it. */
export async function saveGame(tx: Transaction, before: Game, after: Game): Promise<Game> {
  const saved = { ...after, version: before.version + 1 }
  const { id, state, version, moves, drawOfferedBy, rematchBy, winner, ending, turnSince, startedAt, endedAt } = saved
  const begun = before.seats.length === 0 && saved.seats.length > 0
  // The challenger's, when they chose it.
  if (begun) await tx.gameSeat.deleteMany({ where: { gameId: id } })
  await tx.game.update({
    where: { id },
    data: {
      ...{ state, version, moves, drawOfferedBy, rematchBy, winner, ending },
      turnSince: toDate(turnSince),
      startedAt: toDate(startedAt),
      endedAt: toDate(endedAt),
      dueAt: toDate(dueAt(saved)),
    },
  })
  for (const [number, { user, left, awaySince }] of saved.seats.entries()) {
    const row = { left, awaySince: toDate(awaySince) }
    const known = before.seats[number]
    if (begun) await tx.gameSeat.create({ data: { gameId: id, seat: number, userId: user.id, ...row } })
    else if (known?.left !== left || known.awaySince !== awaySince)
      await tx.gameSeat.update({ where: { gameId_seat: { gameId: id, seat: number } }, data: row })
  }
  tx.publish(games, id, 'changed', saved)
  if (state === 'playing' && before.state !== 'playing') tellStarted(tx, saved)
  if (state === 'over' && before.state === 'playing') {
    tx.publish(lobby, 'all', 'ended', { id })
    await rank(tx, saved)
  }
  tx.afterCommit(() => container().work.games.look())
  return saved
}

/** Shows it among the games under way. */
export function tellStarted(tx: Transaction, { id, budget, increment, seats, startedAt }: Game): void {
  const [first, second] = seats
  if (!first || !second || startedAt === null) throw new Error('A game without players cannot begin.')
  tx.publish(lobby, 'all', 'started', { id, budget, increment, players: [first.user, second.user], startedAt })
}

function toDate(moment: number | null): Date | null {
  return moment === null ? null : new Date(moment)
}
