import { setTimeout as sleep } from 'node:timers/promises'
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { openEmbedded } from './embedded'
import { beginEpoch, noteHistory } from './epoch'
import { PrismaClient } from './generated/client'
import { applyMigrations, type MigrationTarget } from './migrate'
import { installQueue } from './queue-tables'
import { openServer } from './server'
import type { Sql } from './sql'

export interface Database extends Sql {
  size: 'embedded' | 'server'
  prisma: PrismaClient
  /** The names of the migrations that this opening applied. */
  migrated: string[]
  /** A cheap query; rejects when the database does not answer within 5 s. */
  check(): Promise<void>
  /**
   * Begins a new epoch of the log when the database has lost the end of its history since this was last asked,
   * as every opening does. Answers whether it did.
   */
  noteHistory(): Promise<boolean>
  /** Gives the space of deleted rows back to those to come. PostgreSQL does so by itself, the embedded one does not. */
  reclaim(): Promise<void>
  close(): Promise<void>
}

/** One of the two sizes, before anything is known of our tables. */
export interface Opened extends Sql {
  size: Database['size']
  adapter: SqlDriverAdapterFactory
  migrations: MigrationTarget
  /** Runs `mend`, once, when what was written last may be gone because the machine stopped while the database was open. */
  ifCutOff(mend: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

interface Options {
  dataDir: string
  /** Without it the database is embedded, in the data folder. */
  databaseUrl?: string
  /** The folder of the migrations to apply, when not our own. */
  migrations?: string
}

// PGlite does some 330 transactions a second, one after another, so several hundred at once must be
// let wait. A transaction that has begun and stands still keeps everyone else out, so that is cut sooner.
const transactionOptions = { maxWait: 20_000, timeout: 10_000 }

/** Throws an error whose message is one line for the person who started the server. */
export async function openDatabase({ dataDir, databaseUrl, migrations }: Options): Promise<Database> {
  const opened = databaseUrl ? await openServer(databaseUrl) : await openEmbedded(dataDir)
  try {
    const migrated = await migrate(opened.migrations, migrations)
    await installQueue(opened)
    const prisma = new PrismaClient({ adapter: opened.adapter, transactionOptions })
    await opened.ifCutOff(() => beginEpoch(prisma))
    await noteHistory(prisma)
    let closing: Promise<void> | undefined
    return {
      size: opened.size,
      prisma,
      migrated,
      executeSql: opened.executeSql,
      check: () => answers(prisma),
      noteHistory: () => noteHistory(prisma),
      async reclaim() {
        if (opened.size === 'embedded') await prisma.$executeRaw`VACUUM`
      },
      close() {
        closing ??= prisma.$disconnect().finally(() => opened.close())
        return closing
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function migrate(target: MigrationTarget, folder?: string): Promise<string[]> {
  try {
    return await applyMigrations(target, folder)
  } finally {
    await target.close()
  }
}

async function answers(prisma: PrismaClient): Promise<void> {
  const answered = new AbortController()
  const late = sleep(5_000, undefined, { signal: answered.signal, ref: false }).then(() => {
    throw new Error('The database did not answer within 5 s.')
  })
  try {
    await Promise.race([prisma.$queryRaw`SELECT 1`, late])
  } finally {
    answered.abort()
  }
}
