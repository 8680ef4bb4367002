import type { Prisma } from './generated/client'

type Client = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>

/**
 * Begins a new epoch of the log: the positions that clients hold mean nothing any more, and they load the state
 * afresh. Needed whenever the end of the log may be gone, because its numbers are then given out again.
 */
export async function beginEpoch(client: Client): Promise<void> {
  await client.$executeRaw`UPDATE log_epoch SET epoch = gen_random_uuid()`
}

/**
 * Begins a new epoch when this is not the database the log was last seen on, but one restored from a backup or
 * a standby that took over, either of which may lack the end. Answers whether it did.
 */
export async function noteHistory(client: Client): Promise<boolean> {
  const history = await readHistory(client)
  if (history === null) return false
  const begun = await client.$executeRaw`
    UPDATE log_epoch SET epoch = gen_random_uuid(), history = ${history} WHERE history <> ${history}`
  await client.$executeRaw`UPDATE log_epoch SET history = ${history} WHERE history IS NULL`
  return begun > 0
}

/**
 * Which cluster, database in it, and timeline: PostgreSQL begins a new timeline when a standby takes over and
 * when a backup is rolled forward. Null where it may not be read, as some hosts of databases have it.
 */
async function readHistory(client: Client): Promise<string | null> {
  try {
    const [found] = await client.$queryRaw<{ history: string }[]>`
      SELECT concat_ws('/', system_identifier, pg_database.oid, left(pg_walfile_name(pg_current_wal_lsn()), 8)) AS history
      FROM pg_control_system(), pg_database WHERE datname = current_database()`
    return found?.history ?? null
  } catch (error) {
    // Prisma's code for a raw statement that the database refused.
    if (error instanceof Error && 'code' in error && error.code === 'P2010') return null
    throw error
  }
}
