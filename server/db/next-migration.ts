import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { embeddedMigrations } from './embedded'
import { EmbeddedClient } from './embedded-client'
import { filters, withEngine } from './engine'
import { applyMigrations } from './migrate'
import { lockfile, migrationsFolder } from './migrations'

export const schemaFile = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))

interface Outcome {
  code: number
  text: string
}

const usage = `usage: npm run db:migration -- <name>
  writes what is new in prisma/schema.prisma as the next migration;
  the name is lower-case letters and digits in words joined by _, such as add_ticket`

/** The SQL that leads from the migrations to the schema, or null when they agree. */
export async function nextMigration(folder = migrationsFolder, schema = schemaFile): Promise<string | null> {
  const client = await EmbeddedClient.open()
  try {
    const target = await embeddedMigrations(client)
    await applyMigrations(target, folder)
    const tx = await target.begin()
    try {
      const files = [{ path: schema, content: await readFile(schema, 'utf8') }]
      const { exitCode, stdout } = await withEngine(tx, (engine) =>
        engine.diff({
          from: { tag: 'schemaDatasource', files, configDir: folder },
          to: { tag: 'schemaDatamodel', files },
          script: true,
          exitCode: true,
          filters,
        }),
      )
      return exitCode === 0 ? null : stdout
    } finally {
      await tx.rollback()
    }
  } finally {
    await client.close()
  }
}

/** Answers what to print and the exit code. */
export async function runNewMigration(
  args: string[],
  folder = migrationsFolder,
  schema = schemaFile,
): Promise<Outcome> {
  const [name, ...rest] = args
  if (!name || rest.length > 0 || !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) return { code: 2, text: usage }
  const sql = await nextMigration(folder, schema)
  if (sql === null) return { code: 0, text: 'Nothing changed: the migrations already lead to prisma/schema.prisma.' }
  const path = await writeMigration(name, sql, folder)
  return { code: 0, text: `${relative(process.cwd(), path)}/migration.sql: read it, then commit it.` }
}

async function writeMigration(name: string, sql: string, folder: string): Promise<string> {
  // 20260131235959, as Prisma names them.
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const path = join(folder, `${time}_${name}`)
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'migration.sql'), sql)
  await writeFile(join(folder, lockfile.path), lockfile.content)
  return path
}
