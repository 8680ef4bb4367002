import { roomKey } from '#channels/contract'
import { games } from '#channels/game'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { expire } from '#server/models/game-course'
import { noteWatched, resumeGames } from '#server/models/game-downtime'
import { lockGame } from '#server/models/game-row'
import { saveGame } from '#server/models/game-save'
import { type Absences, notice, type SeenSeat } from '#server/models/game-seat'

/** How often a node looks at the games under way, in milliseconds. */
const watchEvery = 1_000

/** What each node has noticed by itself, gone with it: a server that has come back keeps every seat from then on. */
const absences = new WeakMap<object, Absences>()

/**
 * Looks at all games under way: whose tabs have gone or come back, and what is due, such as a clock that has run out.
 * Run by every node; each game is locked while it is changed. Resolves with when to look next (milliseconds since
 * 1970, by this machine's clock), or null when nothing is played.
 */
export async function watchGames(): Promise<number | null> {
  await resumeGames()
  const seats = await look()
  const { work } = container()
  const known: Absences = absences.get(work) ?? new Map()
  absences.set(work, known)
  const [one] = seats
  if (!one) {
    known.clear()
    return null
  }
  await noteWatched(container().database.prisma, one.now)
  const news = notice(known, seats)
  const due = seats.filter(({ dueAt, now }) => dueAt !== null && dueAt <= now)
  for (const id of new Set([...news, ...due].map(({ id }) => id))) await bringUpToDate(id, news)
  const next = Math.min(...seats.map(({ dueAt }) => dueAt ?? Number.POSITIVE_INFINITY).filter((at) => at > one.now))
  return Date.now() + Math.min(watchEvery, next - one.now)
}

/** The seats of all games under way, and whether the player has a tab in the game, on whichever node. */
async function look(): Promise<SeenSeat[]> {
  const rows = await container().database.prisma.$queryRaw<Row[]>`
    SELECT game.id::text, game.due_at AS "dueAt", seat.seat, seat.away_since AS "awaySince",
      EXISTS (SELECT FROM connection
        WHERE connection.user_id = seat.user_id AND ${roomKey(games, '')} || game.id = ANY (connection.rooms)) AS here,
      clock_timestamp() AS now
    FROM game JOIN game_seat AS seat ON seat.game_id = game.id WHERE game.state = 'playing'`
  return rows.map((row) => ({
    ...row,
    dueAt: row.dueAt?.getTime() ?? null,
    awaySince: row.awaySince?.getTime() ?? null,
    now: row.now.getTime(),
  }))
}
type Row = Omit<SeenSeat, 'dueAt' | 'awaySince' | 'now'> & { dueAt: Date | null; awaySince: Date | null; now: Date }

/** Who has come back in time is back, whatever is due; then comes what is. Another node may have seen to it already. */
async function bringUpToDate(id: string, news: SeenSeat[]): Promise<void> {
  await transaction(async (tx) => {
    const { game, now } = await lockGame(tx, id)
    if (game.state !== 'playing') return
    const seats = game.seats.map((seat, number) => {
      const seen = news.find((one) => one.id === id && one.seat === number)
      return seen ? { ...seat, awaySince: seen.awaySince && (seat.awaySince ?? seen.awaySince) } : seat
    })
    const after = expire({ ...game, seats }, now)
    const moved = seats.some(({ awaySince }, number) => awaySince !== game.seats[number]?.awaySince)
    if (moved || after.state === 'over') await saveGame(tx, game, after)
  })
}
