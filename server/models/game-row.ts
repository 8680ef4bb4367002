import { type Game, game } from '#channels/game'
import type { Prisma } from '#server/db/generated/client'
import type { Transaction } from '#server/db/transaction'
import { refuse } from '#server/refusal'

const person = { select: { id: true, name: true } } as const

/** What is read of a game wherever one is read. */
export const gameRow = {
  id: true,
  version: true,
  state: true,
  challenger: person,
  invited: person,
  seats: { orderBy: { seat: 'asc' }, select: { seat: true, left: true, awaySince: true, user: person } },
  moves: true,
  budget: true,
  increment: true,
  turnSince: true,
  drawOfferedBy: true,
  rematchBy: true,
  rematch: { select: { id: true } },
  winner: true,
  ending: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
} satisfies Prisma.GameSelect

export type GameRow = Prisma.GameGetPayload<{ select: typeof gameRow }>

/** Of a challenge that is open a seat may be stored already: that of a challenger who chose theirs. */
export function toGame({ seats, rematch, turnSince, startedAt, endedAt, ...row }: GameRow): Game {
  const players = seats.map(({ user, left, awaySince }) => ({ user, left, awaySince: awaySince?.getTime() ?? null }))
  return game.parse({
    ...row,
    seats: players.length === 2 ? players : [],
    rematch: rematch?.id ?? null,
    turnSince: turnSince?.getTime() ?? null,
    startedAt: startedAt?.getTime() ?? null,
    endedAt: endedAt?.getTime() ?? null,
  })
}

/** Null when there is none. */
export async function findRow(client: Prisma.TransactionClient, id: string): Promise<GameRow | null> {
  return client.game.findUnique({ where: { id }, select: gameRow })
}

export interface LockedGame {
  row: GameRow
  game: Game
  /** Milliseconds since 1970, by the database's clock, by which all nodes go: read once the lock is had. */
  now: number
}

/** The game as it is until the commit; whoever else would change it waits. Refuses with `not-found`. */
export async function lockGame(tx: Transaction, id: string): Promise<LockedGame> {
  const [locked] = await tx.$queryRaw<{ now: Date }[]>`
    WITH locked AS MATERIALIZED (SELECT id FROM game WHERE id = ${id}::uuid FOR NO KEY UPDATE)
    SELECT clock_timestamp() AS now FROM locked`
  const row = locked && (await findRow(tx, id))
  if (!row) refuse('not-found', 'There is no such game.')
  return { row, game: toGame(row), now: locked.now.getTime() }
}
