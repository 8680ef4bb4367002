import { randomUUID } from 'node:crypto'
import { roomKey } from '#channels/contract'
import { firstMoveWithin, type Game, games } from '#channels/game'
import { type Transaction, transaction } from '#server/db/transaction'
import { otherThan } from '#server/models/game-course'
import { noteWatched } from '#server/models/game-downtime'
import { seatIn } from '#server/models/game-play'
import { findRow, lockGame, toGame } from '#server/models/game-row'
import { saveGame, tellStarted } from '#server/models/game-save'
import { markSettled, notify } from '#server/models/notification'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

/**
 * Asks the other for another game, or begins it when they have asked; both at once make one. Refuses with `forbidden`
 * for others, and with `conflict` while the game goes on.
 */
export async function rematch(actor: LiveSession['user'], gameId: string): Promise<Game> {
  return transaction(async (tx) => {
    const { game, now } = await lockGame(tx, gameId)
    const seat = seatIn(game, actor)
    if (game.state !== 'over') refuse('conflict', 'The game is not over yet.')
    if (game.rematch !== null || game.rematchBy === seat) return game
    if (game.rematchBy !== null) {
      const asker = game.seats[otherThan(seat)]?.user
      const gone = asker && (await tx.user.count({ where: { id: asker.id, disabledAt: { not: null } } })) > 0
      if (gone) refuse('conflict', `${asker.name} has no account here any more.`)
      const rematch = await begin(tx, game, now)
      await markSettled(tx, aboutRematch(game.id))
      return saveGame(tx, game, { ...game, rematch, rematchBy: null })
    }
    await tellAway(tx, game, otherThan(seat), actor.name)
    return saveGame(tx, game, { ...game, rematchBy: seat })
  })
}

/** The seats are swapped, so that each plays first in turn. */
async function begin(
  tx: Transaction,
  { id: rematchOfId, seats, budget, increment }: Game,
  now: number,
): Promise<string> {
  const id = randomUUID()
  const [first, second] = seats
  if (!first || !second) throw new Error('A game that is over has two players.')
  const at = new Date(now)
  await tx.game.create({
    data: {
      id,
      rematchOfId,
      state: 'playing',
      challengerId: second.user.id,
      invitedId: first.user.id,
      budget,
      increment,
      startedAt: at,
      turnSince: at,
      dueAt: new Date(now + firstMoveWithin),
    },
  })
  const players = [second, first].map(({ user }, seat) => ({ gameId: id, seat, userId: user.id, left: budget }))
  await tx.gameSeat.createMany({ data: players })
  await noteWatched(tx, now)
  const row = await findRow(tx, id)
  if (!row) throw new Error('The game that was written is not there.')
  tellStarted(tx, toGame(row))
  return id
}

const aboutRematch = (id: string) => `game/${id}/rematch`

/** Whoever has the game open sees it there. */
async function tellAway(tx: Transaction, { id, seats }: Game, seat: number, asker: string): Promise<void> {
  const user = seats[seat]?.user
  if (!user) return
  const here = await tx.connection.count({ where: { userId: user.id, rooms: { has: roomKey(games, id) } } })
  if (here > 0) return
  const news = { kind: 'invitation', about: aboutRematch(id), href: `/game/${id}` } as const
  const title = `${asker} asks for a rematch`
  await notify(tx, { ...news, userIds: [user.id], title, body: 'Connect Four, with the seats swapped.' })
}
