import type { Game } from '#channels/game'
import { byStanding, lobby, type Standing } from '#channels/lobby'
import { Prisma } from '#server/db/generated/client'
import type { Transaction } from '#server/db/transaction'

/** Worked out from the games that are over and count, of everyone or of these; the best first. */
export async function readStandings(client: Prisma.TransactionClient, userIds?: string[]): Promise<Standing[]> {
  const these = userIds ? Prisma.sql`AND seat.user_id = ANY(${userIds}::uuid[])` : Prisma.empty
  const rows = await client.$queryRaw<{ id: string; name: string; won: number; drawn: number; lost: number }[]>`
    SELECT app_user.id::text, app_user.name,
      (count(*) FILTER (WHERE game.winner = seat.seat))::int AS won,
      (count(*) FILTER (WHERE game.winner IS NULL))::int AS drawn,
      (count(*) FILTER (WHERE game.winner <> seat.seat))::int AS lost
    FROM game_seat AS seat
    JOIN game ON game.id = seat.game_id
    JOIN app_user ON app_user.id = seat.user_id
    WHERE game.state = 'over' AND (game.winner IS NOT NULL OR game.ending IN ('full', 'agreed')) ${these}
    GROUP BY app_user.id, app_user.name`
  return rows.map(({ id, name, ...counts }) => ({ user: { id, name }, ...counts })).sort(byStanding)
}

/** Tells how the players of a game that has just ended stand; in its transaction, once the end is written. */
export async function rank(tx: Transaction, { winner, ending, seats }: Game): Promise<void> {
  if (winner === null && ending !== 'full' && ending !== 'agreed') return
  // One after the other: of two games of one person that end at once, each must count the other.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('switchboard/game-standing'))::text`
  const standings = await readStandings(
    tx,
    seats.map(({ user }) => user.id),
  )
  tx.publish(lobby, 'all', 'ranked', standings)
}
