import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { cookiesFor } from '#server/auth/test-cookies'
import { boot } from '#server/boot'
import { container } from '#server/container'
import { readEnvironment } from '#server/env'
import { startSession } from '#server/models/session'
import { changeSetting } from '#server/models/setting'
import { readState } from '#server/realtime/test-state'

/**
 * The server that bench/fuzz.ts tries to break: in a process of its own, so that it can die of it, with all it
 * logs on its standard output. It answers its parent's questions about its memory and its database.
 */
const sessionsPerPerson = 25

const collect = globalThis.gc
if (!collect || !process.send) throw new Error('Run it by bench/fuzz.ts, with --expose-gc.')

const env = readEnvironment(process.env)
const { http } = await boot({ env, log: pino({ level: 'trace' }) })
const users = await container().database.prisma.user.findMany({ select: { id: true, name: true, role: true } })
// Or each sign-in of a person would end the one before.
for (const user of users) if (user.role === 'admin') await changeSetting(user, 'sessionPolicy', 'many')
const visitors: { cookie: string; csrfToken: string }[] = []
for (const user of users) {
  for (let count = 0; count < sessionsPerPerson; count++) {
    const { id } = await startSession({ user, device: 'a test', address: '127.0.0.1' })
    visitors.push(await cookiesFor(id))
  }
}
await once(http.listen(0, '127.0.0.1'), 'listening')

const answers = {
  usage: async () => {
    // Twice: what the first one finalises, the second one frees.
    collect()
    await new Promise((resolve) => setTimeout(resolve, 100))
    collect()
    const { heapUsed, rss } = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    return { heapUsed, rss, cpuSeconds: (user + system) / 1e6 }
  },
  state: readState,
  open: async () => ({ sockets: container().io.of('/').sockets.size, lines: container().io.engine.clientsCount }),
}
process.on('message', (question: keyof typeof answers) => {
  void answers[question]().then((answer) => process.send?.({ question, answer }))
})
process.on('disconnect', () => process.exit(0))

const { port } = http.address() as AddressInfo
process.send({ question: 'start', answer: { port, visitors, person: users[0]?.id } })
