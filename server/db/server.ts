import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { type DatabaseAddress, parseAddress } from './address'
import type { MigrationTarget, MigrationTransaction } from './migrate'
import type { Opened } from './open'
import type { Sql } from './sql'

/** PostgreSQL at DATABASE_URL. */
export async function openServer(databaseUrl: string): Promise<Opened> {
  const address = parseAddress(databaseUrl)
  const migrations = await serverMigrations(address)
  const sql = await serverSql(address)
  return {
    size: 'server',
    migrations,
    executeSql: sql.executeSql,
    adapter: new PrismaPg({
      connectionString: address.connectionString,
      keepAlive: true,
      // It counts the wait for a free connection too, so it is longer than a transaction may wait (open.ts).
      connectionTimeoutMillis: 30_000,
    }),
    // It writes to disk before it answers; what a standby that takes over lacks, the history tells.
    ifCutOff: async () => {},
    // Prisma ends its own connections.
    close: sql.close,
  }
}

/** Connections of its own, made when they are needed. */
async function serverSql({ connectionString }: DatabaseAddress): Promise<Sql & { close(): Promise<void> }> {
  const adapter = await new PrismaPg({ connectionString, max: 2, connectionTimeoutMillis: 30_000 }).connect()
  return {
    executeSql: async (text, values = []) => {
      const client = await adapter.underlyingDriver().connect()
      try {
        const result = await client.query(text, values)
        // Of a script it is a list.
        return Array.isArray(result) ? result.at(-1) : result
      } catch (error) {
        // A script begins its own transaction, and the next one on this connection must not find it open.
        await client.query('ROLLBACK')
        throw error
      } finally {
        client.release()
      }
    },
    close: () => adapter.dispose(),
  }
}

// One connection: the engine's advisory lock belongs to it, and goes when it is closed.
async function serverMigrations({ connectionString, shown }: DatabaseAddress): Promise<MigrationTarget> {
  const adapter = await new PrismaPg({ connectionString, max: 1, connectionTimeoutMillis: 5_000 }).connect()
  try {
    const version = await adapter.underlyingDriver().query({ text: 'SHOW server_version_num', rowMode: 'array' })
    refuseOld(Number(version.rows[0]?.[0]), shown)
  } catch (error) {
    await adapter.dispose()
    if (error instanceof OldServer) throw error
    throw new Error(`Cannot connect to DATABASE_URL at ${shown}: ${whyUnreachable(error)}`, { cause: error })
  }
  return {
    queryRaw: (query) => adapter.queryRaw(query),
    begin: () => serverTransaction(adapter),
    close: () => adapter.dispose(),
  }
}

class OldServer extends Error {}

export function refuseOld(version: number, shown: string): void {
  if (version >= 150_000) return
  throw new OldServer(
    `The PostgreSQL at ${shown} (DATABASE_URL) is version ${Math.floor(version / 10_000)}: 15 or newer is needed.`,
  )
}

async function serverTransaction(adapter: SqlDriverAdapter): Promise<MigrationTransaction> {
  const tx = await adapter.startTransaction('READ COMMITTED')
  const run = async (sql: string) => void (await tx.executeRaw({ sql, args: [], argTypes: [] }))
  return {
    queryRaw: (query) => tx.queryRaw(query),
    executeRaw: (query) => tx.executeRaw(query),
    // Without arguments it goes by PostgreSQL's simple protocol, which takes many statements at once;
    // the adapter's own executeScript would cut them at every semicolon, quoted ones too.
    executeScript: run,
    // The adapter's commit and rollback only give the connection back.
    commit: () => run('COMMIT').finally(() => tx.commit()),
    rollback: () => run('ROLLBACK').finally(() => tx.rollback()),
  }
}

const reasons: Partial<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there.',
  ENOTFOUND: 'there is no such host.',
  EAI_AGAIN: 'the name of the host could not be looked up.',
  ETIMEDOUT: 'no answer.',
  '28P01': 'the user name or the password is wrong.',
}

function whyUnreachable(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error.message.split('\n')[0] || code)
}
