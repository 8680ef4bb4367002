import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { cookiesFor } from '#server/auth/test-cookies'
import { boot } from '#server/boot'
import { container } from '#server/container'
import { readEnvironment } from '#server/env'
import { startSession } from '#server/models/session'

/**
 * For tests that kill the server: boots it without pages in a process of its own, and prints one line of
 * JSON, its port and fresh cookies of the people named as arguments.
 */
const env = readEnvironment(process.env)
const { http } = await boot({ env, log: pino({ level: 'silent' }) })
const visitors = await Promise.all(
  process.argv.slice(2).map(async (name) => {
    const { user: users } = container().database.prisma
    // Only the embedded database has the demonstration's people. Nobody can sign in with such a hash.
    const create = { name, passwordHash: 'none' }
    const user = await users.upsert({ where: { name }, update: {}, create, select: { id: true } })
    const session = await startSession({ user, device: 'a test', address: '127.0.0.1' })
    return { name, ...(await cookiesFor(session.id)) }
  }),
)
await once(http.listen(env.port, env.host), 'listening')
process.stdout.write(`${JSON.stringify({ port: (http.address() as AddressInfo).port, visitors })}\n`)
process.on('SIGTERM', () => process.exit(0))
