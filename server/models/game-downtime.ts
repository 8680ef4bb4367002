import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { uncharge } from '#server/models/game-course'
import { lockGame } from '#server/models/game-row'
import { saveGame } from '#server/models/game-save'

// While games are under way, each node notes about every second that it watches them (game-watch.ts). So after a while
// in which none did, because the server was down, it is known since when, to about a second.

/** Longer than this without a node that watched, nobody could have moved. In milliseconds. */
const longestUnwatched = 2_500
/** The setting in which it stands: milliseconds since 1970, by the database's clock. */
const mark = 'gamesWatchedAt'

/**
 * Gives back the time in which no node watched, because the server was down: to the clock of whoever has to move, and
 * to the seats that were being kept. Done before anyone can move; of several nodes that start, by one alone.
 */
export async function resumeGames(): Promise<void> {
  if ((await unwatchedSince(container().database.prisma)) === null) return
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT key FROM setting WHERE key = ${mark} FOR UPDATE`
    const since = await unwatchedSince(tx)
    if (since === null) return
    const playing = await tx.game.findMany({
      where: { state: 'playing' },
      orderBy: { id: 'asc' },
      select: { id: true },
    })
    let latest = since
    for (const { id } of playing) {
      const { game, now } = await lockGame(tx, id)
      latest = now
      // It may have ended while this waited for it.
      if (game.state === 'playing') await saveGame(tx, game, uncharge(game, since, now))
    }
    await noteWatched(tx, latest)
  })
}

/** Whether what looks overdue by now only looks so, because no node has been there to see to it. */
export async function isUnwatched(tx: Transaction, now: number): Promise<boolean> {
  const row = await tx.setting.findUnique({ where: { key: mark }, select: { value: true } })
  return now - Number(row?.value ?? now) > longestUnwatched
}

/** Also when a game begins: until then there may have been none to watch. */
export async function noteWatched(client: Prisma.TransactionClient, now: number): Promise<void> {
  await client.$executeRaw`
    INSERT INTO setting (key, value) VALUES (${mark}, to_jsonb(${now}::float8))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
    WHERE (setting.value)::float8 < (excluded.value)::float8`
}

/** When that was, if games are under way and it is too long ago; else null. */
async function unwatchedSince(client: Prisma.TransactionClient): Promise<number | null> {
  const [row] = await client.$queryRaw<{ since: number }[]>`
    SELECT (value)::float8 AS since FROM setting
    WHERE key = ${mark} AND (value)::float8 < extract(epoch FROM clock_timestamp())::float8 * 1000 - ${longestUnwatched}::float8
      AND EXISTS (SELECT FROM game WHERE state = 'playing')`
  return row?.since ?? null
}
