import type { Socket } from 'socket.io-client'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import { type JoinReply, joinReply, type Position } from '#channels/wire'
import { container } from '#server/container'
import { beginEpoch } from '#server/db/epoch'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { countQueries } from '#server/test-queries'
import { startTestServer } from '#server/test-server'

/**
 * Shows what it costs the database when 2,000 sockets return at once to a room in which they missed 1,000 pushes,
 * and once more when the log has a new epoch and each needs the state. The clients run in the same process, so
 * the times are those of both sides together.
 *
 *   npm run bench -- bench/return.ts
 */
const many = 2_000
const missed = 1_000

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({ settings: z.number() }),
  pushes: { noted: stream(z.object({ body: z.string() })) },
  calls: {},
})

const serveNotes = serve(notes, {
  authorize: () => {},
  state: async () => ({ settings: (await container().database.prisma.setting.findMany()).length }),
  calls: {},
})

async function run(size: string, databaseUrl?: string): Promise<void> {
  const settings = {
    SOCKETS_PER_SESSION: '1000',
    HANDSHAKES_PER_MINUTE: '1000000',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  }
  const server = await startTestServer({ channels: [serveNotes], settings })
  const { user } = container().database.prisma
  const names = ['ada', 'ben', 'cleo', 'dora']
  // Only the embedded database has the demonstration's people.
  await user.createMany({ data: names.map((name) => ({ name, passwordHash: 'none' })), skipDuplicates: true })
  const people = await Promise.all(names.map((name) => server.signIn(name)))
  /** A hundred at a time: more would not wait to be let in, with the clients in the same thread. */
  const come = async () => {
    const sockets: Socket[] = []
    const waiting = Array.from({ length: many / people.length }, () => people)
      .flat()
      .values()
    const connect = async () => {
      for (const person of waiting) sockets.push(await server.connect(person))
    }
    await Promise.all(Array.from({ length: 100 }, connect))
    return sockets
  }

  await publish(notes, 'a', 'noted', { body: 'first' })
  const left = await container().roomLog.positions.of('notes/a')
  await Promise.all(Array.from({ length: missed }, (_, nth) => publish(notes, 'a', 'noted', { body: `missed ${nth}` })))

  const sockets = await measured(`${size}: ${many} handshakes`, come)
  const ends = await measured(`${size}: ${many} × ${missed} missed pushes`, () =>
    Promise.all(sockets.map((socket) => catchUp(socket, left))),
  )
  if (ends.some(({ seq }) => seq !== missed + 1)) throw new Error('Somebody did not get everything.')
  await beginEpoch(container().database.prisma)
  // Whoever reads it first finds out, and every socket is closed.
  await container().roomLog.positions.of('notes/a')
  await measured(`${size}: ${many} states after a new epoch`, async () => {
    const back = await come()
    await Promise.all(back.map((socket) => catchUp(socket, left)))
  })
  await server.stop()
}

/** Joins, and joins again from where each page ends; answers where that leads. */
async function catchUp(socket: Socket, from: Position): Promise<Position> {
  for (let position = from; ; ) {
    const reply = await join(socket, position)
    if (!('pushes' in reply) || !reply.more) return reply.position
    position = reply.position
  }
}

async function join(socket: Socket, position: Position): Promise<Extract<JoinReply, { ok: true }>> {
  const reply = joinReply.parse(await socket.emitWithAck('notes:join', { room: 'a', position }))
  if (!reply.ok) throw new Error(reply.message)
  return reply
}

async function measured<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const queries = countQueries()
  const begun = performance.now()
  const result = await work()
  const took = (performance.now() - begun) / 1_000
  queries.stop()
  process.stdout.write(`${what}: ${queries.all()} queries, ${took.toFixed(1)} s\n`)
  return result
}

await run('embedded')
if (await hasPostgres()) {
  const { url, drop } = await createPostgresDatabase()
  await run('server', url)
  await drop()
}
