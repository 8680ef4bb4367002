import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chat } from '#channels/chat'
import { chatFold } from '#components/chat/chat-fold.ts'
import { emptyChat } from '#components/chat/test-empty.ts'
import { openRoom } from '#components/realtime/room'
import { connectAs } from '#components/realtime/test-client'
import { freshDataDir } from '#server/db/template'
import { startNode, type TestNode } from '#server/test-node'
import type { Question, Report, Task } from './restart-clients'

/**
 * Shows that 5,000 clients of ours are back after a restart and have lost nothing: those that had a call under way
 * get its answer, what was posted meanwhile is there once for each, in order, and they return spread over time.
 * The server is a process of its own, ended by SIGTERM and started again on the same port and data; the clients
 * are two more.
 *
 *   npm run bench -- bench/restart.ts
 */
const many = Number(process.env.CLIENTS ?? 5_000)
const opensPerSecond = 200
const people = Array.from({ length: 20 }, (_, nth) => `reader-${nth}`)
const giveUpAfter = 400_000

const dataDir = await freshDataDir()
const servers: TestNode[] = []
setTimeout(() => {
  process.stderr.write(`Not over after ${giveUpAfter / 1_000} s.\n`)
  endAll()
  process.exit(1)
}, giveUpAfter).unref()

function startServer(port: number, names: string[]): TestNode {
  const node = startNode({
    dataDir,
    port,
    names,
    settings: { LOG_LEVEL: 'warn', HANDSHAKES_PER_MINUTE: '1000000', SOCKETS_PER_SESSION: '1000' },
  })
  servers.push(node)
  return node
}

/** In MB, of a process that runs. */
async function peakMemory({ pid }: TestNode): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024)
}

/** Of a processor, in seconds, that a process has used. */
async function processorTime({ pid }: TestNode): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

async function ask<Answer>(child: ChildProcess, question: Question): Promise<Answer> {
  child.send(question)
  const [answer] = await once(child, 'message')
  // Both ends are ours: bench/restart-clients.ts.
  return answer as Answer
}

const halves = [0, 1].map(() => fork(resolve('bench/restart-clients.ts'), { execArgv: ['--import', 'tsx'] }))

/** The processes with clients end by themselves when this one does. */
function endAll(): void {
  for (const server of servers) server.kill('SIGKILL')
}

const reports = () => Promise.all(halves.map((half) => ask<Report>(half, 'report')))

/** Until all are joined and have applied `messages`, or more. */
async function settled(messages: number): Promise<Report[]> {
  for (;;) {
    const [one, two] = await reports()
    if (!one || !two) throw new Error('A process with clients is gone.')
    const joined = one.joined + two.joined
    const fewest = Math.min(one.applied[0], two.applied[0])
    if (joined === many && fewest >= messages) return [one, two]
    await wait(250)
  }
}

/** The most of these moments that lie within one second. */
function busiestSecond(moments: number[]): number {
  const sorted = moments.toSorted((one, other) => one - other)
  let first = 0
  return Math.max(
    ...sorted.map((at, nth) => {
      while ((sorted[first] ?? at) <= at - 1_000) first++
      return nth - first + 1
    }),
  )
}

function show(what: string, value: string | number): void {
  process.stdout.write(`${what.padEnd(46)} ${value}\n`)
}

const seconds = (from: number, to = Date.now()) => `${((to - from) / 1_000).toFixed(1)} s`

const server = startServer(0, [...people, 'writer'])
const { port, visitors } = await server.started
const url = `http://127.0.0.1:${port}`
const readers = visitors.slice(0, people.length)
const [writer] = visitors.slice(-1)
if (!writer) throw new Error('Nobody was signed in.')
const begun = Date.now()
for (const half of halves) {
  half.send({ url, visitors: readers, clients: many / 2, opensPerSecond: opensPerSecond / 2 } satisfies Task)
}
await settled(0)
show('clients', many)
show('all joined, opened at 200/s, after', seconds(begun))

const connection = connectAs(url, writer)
const room = openRoom(connection, chat, 'general', emptyChat('general'), chatFold)
let posted = 0
async function post(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth++) {
    const message = { id: randomUUID(), body: `message ${nth}` }
    // As the outbox of the chat does: to send the same message again is safe.
    while (!(await room.call('post', message).catch(() => undefined))) await wait(250)
    posted++
  }
}
await post(20)
await settled(posted)
show('memory of the server at its peak, before', `${await peakMemory(server)} MB`)

const underWay = halves.map(async (half) => {
  half.send('post' satisfies Question)
  await once(half, 'message')
  const [{ answered }]: [{ answered: number }] = (await once(half, 'message')) as [{ answered: number }]
  return answered
})
await Promise.all(halves.map((half) => once(half, 'message')))
const toldAt = Date.now()
server.kill('SIGTERM')
// Waits for the line, and is answered by the next server.
const meanwhile = post(5)
const code = await server.ended
const goneAt = Date.now()
show('SIGTERM to the end of the process', `${seconds(toldAt, goneAt)}, exit code ${code}`)
const next = startServer(port, [])
await next.started
const listeningAt = Date.now()
const processorBefore = await processorTime(next)
show('from there until it listens again', seconds(goneAt, listeningAt))
await meanwhile
const answered = (await Promise.all(underWay)).reduce((sum, count) => sum + count)

await post(20)
const last = await settled(posted)
const openedAt = last.flatMap((report) => report.openedAt).toSorted((one, other) => one - other)

show('calls under way at SIGTERM, answered', `${answered} of ${many / 100}`)
for (const share of [0.5, 0.99, 1]) {
  const at = openedAt[Math.ceil(openedAt.length * share) - 1] ?? 0
  show(`${share * 100} % back after SIGTERM`, `${seconds(toldAt, at)} (${seconds(listeningAt, at)} after it listens)`)
}
const perReturn = ((await processorTime(next)) - processorBefore) / many
show('processor time of the server for each return', `${(perReturn * 1_000).toFixed(1)} ms`)
show('handshakes granted in the busiest second', busiestSecond(openedAt))
const tries = last.flatMap((report) => report.tries).filter((at) => at > goneAt)
show('tries in the busiest second', `${busiestSecond(tries)}, ${(tries.length / many).toFixed(1)} for each client`)
show('messages, and applied by each', `${posted}, ${last.map(({ applied }) => applied.join(' to ')).join(' and ')}`)
show(
  'clients that applied one twice or out of turn',
  last.reduce((sum, { wrong }) => sum + wrong, 0),
)
show('memory of the server at its peak, after', `${await peakMemory(next)} MB`)
show(
  'memory of each process with clients',
  `${Math.round(Math.max(...last.map((report) => report.peakMemory)) / 1e6)} MB`,
)

connection.hangUp()
endAll()
await rm(dataDir, { recursive: true, force: true })
const exact = last.every(({ applied, wrong }) => applied[0] === posted && applied[1] === posted && wrong === 0)
process.exit(exact && answered === many / 100 ? 0 : 1)
