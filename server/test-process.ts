import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { cookiesFor } from '#server/auth/test-cookies'
import { boot } from '#server/boot'
import { container } from '#server/container'
import { readEnvironment } from '#server/env'
import { endSession, startSession } from '#server/models/session'

/**
 * For tests that kill the server: boots it without pages in a process of its own, and prints one line of
 * JSON, its port and fresh cookies of the people named as arguments. What it logs, by default nothing, goes to its
 * standard error. To a message `{ signIn: name }` it answers with such cookies, to `{ signOut: sessionId }` with null.
 */
const env = readEnvironment({ LOG_LEVEL: 'silent', ...process.env })
const log = pino({ level: env.logLevel }, pino.destination(2))
const { http, close } = await boot({ env, log })

async function signIn(name: string) {
  const { user: users } = container().database.prisma
  // Only the embedded database has the demonstration's people. Nobody can sign in with such a hash.
  const create = { name, passwordHash: 'none' }
  const user = await users.upsert({ where: { name }, update: {}, create, select: { id: true } })
  const session = await startSession({ user, device: 'a test', address: '127.0.0.1' })
  return { name, sessionId: session.id, ...(await cookiesFor(session.id)) }
}

export interface Started {
  port: number
  visitors: Awaited<ReturnType<typeof signIn>>[]
}
export type Question = { signIn: string } | { signOut: string }

const visitors = await Promise.all(process.argv.slice(2).map(signIn))
await once(http.listen(env.port, env.host), 'listening')
const started: Started = { port: (http.address() as AddressInfo).port, visitors }
process.stdout.write(`${JSON.stringify(started)}\n`)

process.on('message', async (question: Question) => {
  if ('signIn' in question) process.send?.(await signIn(question.signIn))
  else process.send?.((await endSession(question.signOut, 'signed_out')) ?? null)
})
// Whoever started it is gone: nobody else would end it.
process.on('disconnect', () => process.exit(0))
let closing = false
process.on('SIGTERM', () => {
  if (closing) return
  closing = true
  close().then(
    () => process.exit(0),
    (error: unknown) => {
      log.fatal({ err: error }, 'closing failed')
      process.exit(1)
    },
  )
})
