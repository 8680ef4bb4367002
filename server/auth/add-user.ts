import { parseArgs } from 'node:util'
import nextEnv from '@next/env'
import { openDatabase } from '#server/db/open'
import { readEnvironment } from '#server/env'
import { createUser, userName } from '#server/models/user'
import { askPassword } from './ask-password'

const usage = 'Usage: npm run user:add -- <name> [--admin]\n'

async function run(): Promise<void> {
  const { name, admin } = readArguments()
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => {}, error: (line) => process.stderr.write(`${line}\n`) })
  const database = await openDatabase(readEnvironment(process.env))
  try {
    const password = await askPassword()
    const user = await createUser({ name, role: admin ? 'admin' : 'member', password }, database.prisma)
    process.stdout.write(`${user.name} can sign in now, as ${user.role}.\n`)
  } finally {
    await database.close()
  }
}

function readArguments(): { name: string; admin: boolean } {
  try {
    const { values, positionals } = parseArgs({ options: { admin: { type: 'boolean' } }, allowPositionals: true })
    if (positionals.length !== 1) throw new Error('Give one name.')
    const name = userName.safeParse(positionals[0])
    if (!name.success) throw new Error(name.error.issues[0]?.message)
    return { name: name.data, admin: values.admin ?? false }
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n${usage}`)
    process.exit(2)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

run().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exit(1)
})
