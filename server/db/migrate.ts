import { isDriverAdapterError, type SqlQueryable } from '@prisma/driver-adapter-utils'
import { type EngineSession, filters, withEngine } from './engine'
import { type Migration, migrationList, migrationsFolder, readMigrations } from './migrations'

/** A transaction that can run scripts; `commit` and `rollback` end it entirely. */
export interface MigrationTransaction extends EngineSession {
  commit(): Promise<void>
  rollback(): Promise<void>
}

export interface MigrationTarget extends Pick<SqlQueryable, 'queryRaw'> {
  begin(): Promise<MigrationTransaction>
  close(): Promise<void>
}

/** Applies what is missing and answers the names of what it applied. */
export async function applyMigrations(target: MigrationTarget, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const finished = await finishedMigrations(target)
  const applied: string[] = []
  for (const [index, migration] of migrations.entries()) {
    const checksum = finished.get(migration.name)
    if (checksum === migration.checksum) continue
    if (checksum) {
      throw new Error(
        `Migration ${migration.name} was changed after it was applied to this database: ` +
          'restore it, and write the change as a new one with npm run db:migration -- <name>.',
      )
    }
    applied.push(...(await applyNext(target, migration, folder, migrations.slice(0, index + 1))))
  }
  return applied
}

/**
 * One transaction for the script and for its row in _prisma_migrations: a migration that fails or is killed
 * leaves nothing behind, so that starting again is the way out. The engine first takes Prisma's advisory lock
 * and looks again, so a second server that starts now waits and then finds nothing to do.
 */
async function applyNext(target: MigrationTarget, { name }: Migration, folder: string, upToThis: Migration[]) {
  const tx = await target.begin()
  let failure: unknown
  const session: EngineSession = {
    queryRaw: (query) => tx.queryRaw(query),
    executeRaw: (query) => tx.executeRaw(query),
    // The engine goes on to note the failure in the transaction that has just failed, and reports that error instead.
    executeScript: (script) =>
      tx.executeScript(script).catch((error: unknown) => {
        failure = error
        throw error
      }),
  }
  try {
    const input = { migrationsList: migrationList(folder, upToThis), filters }
    const { appliedMigrationNames } = await withEngine(session, (engine) => engine.applyMigrations(input))
    await tx.commit()
    return appliedMigrationNames
  } catch (error) {
    const cause = failure ?? error
    await tx.rollback().catch(() => {
      // The connection is gone, and the transaction with it: what broke it is the error to report.
    })
    throw new Error(`Migration ${name} failed and was undone: ${reason(cause)}`, { cause })
  }
}

/** Name to checksum; empty in a new database. */
async function finishedMigrations(target: MigrationTarget): Promise<Map<string, string>> {
  const table = await rows(target, "SELECT to_regclass('public._prisma_migrations')::text")
  if (!table[0]?.[0]) return new Map()
  const finished = await rows(
    target,
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return new Map(finished.map(([name, checksum]) => [String(name), String(checksum)]))
}

async function rows(target: MigrationTarget, sql: string): Promise<unknown[][]> {
  return (await target.queryRaw({ sql, args: [], argTypes: [] })).rows
}

function reason(error: unknown): string {
  if (isDriverAdapterError(error)) return error.cause.originalMessage ?? error.message
  const text = error instanceof Error ? error.message : String(error)
  // An error of the engine without a code carries its trace below the first line.
  const told = error instanceof Error && 'code' in error ? text.replaceAll(/\s+/g, ' ') : text.split('\n')[0]
  return told || 'no reason was given.'
}
