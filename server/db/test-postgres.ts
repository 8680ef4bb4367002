import { randomUUID } from 'node:crypto'
import { createConnection } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'

const server = 'postgresql://root@127.0.0.1:5432/'

/** Says why when there is none, because its tests are then skipped. */
export async function hasPostgres(): Promise<boolean> {
  const listens = await new Promise<boolean>((resolve) => {
    const socket = createConnection(5432, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.end())
  })
  if (!listens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:5432, so PostgreSQL was not tested.\n')
  return listens
}

/** A new database; `drop` removes it again. */
export async function createPostgresDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `switchboard_${randomUUID().replaceAll('-', '')}`
  await runOnPostgres(`CREATE DATABASE ${name}`)
  return { url: `${server}${name}`, drop: () => runOnPostgres(`DROP DATABASE ${name} WITH (FORCE)`) }
}

export async function runOnPostgres(sql: string, url = `${server}postgres`): Promise<void> {
  const adapter = await new PrismaPg({ connectionString: url }).connect()
  try {
    await adapter.executeRaw({ sql, args: [], argTypes: [] })
  } finally {
    await adapter.dispose()
  }
}
