import { type Challenge, lobby, type Settlement } from '#channels/lobby'
import type { Transaction } from '#server/db/transaction'
import { type LockedGame, lockGame } from '#server/models/game-row'
import { saveGame } from '#server/models/game-save'
import { aboutChallenge, roomsOf, toChallenge } from '#server/models/lobby-row'
import { markSettled } from '#server/models/notification'

/** Ends a challenge that is still open, in the transaction that has locked it, and has it listed no more. */
export async function endChallenge(tx: Transaction, { game, row, now }: LockedGame, as: Settlement): Promise<void> {
  await saveGame(tx, game, { ...game, state: 'over', ending: 'withdrawn', endedAt: now })
  await tellSettled(tx, toChallenge(row), as)
}

/** In every room in which the challenge was told of; who was invited need not read of it any more. */
export async function tellSettled(tx: Transaction, settled: Challenge, as: Settlement): Promise<void> {
  await markSettled(tx, aboutChallenge(settled.id))
  for (const room of roomsOf(settled)) tx.publish(lobby, room, 'settled', { id: settled.id, as })
}

/**
 * Withdraws what a person who is being disabled has offered, and what was offered to them alone. Games under way stay:
 * the seat of who does not come back is given up, and the clock goes on (game-watch.ts).
 */
export async function withdrawChallenges(tx: Transaction, userId: string): Promise<void> {
  const open = await tx.game.findMany({
    where: { state: 'open', OR: [{ challengerId: userId }, { invitedId: userId }] },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  for (const { id } of open) {
    const locked = await lockGame(tx, id)
    // It may have been taken while this waited for it.
    if (locked.game.state !== 'open') continue
    await endChallenge(tx, locked, locked.game.challenger.id === userId ? 'withdrawn' : 'gone')
  }
}
