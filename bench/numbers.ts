import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { place, reservation } from '#channels/number'
import { freshDataDir } from '#server/db/template'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { TestLine } from '#server/realtime/test-line'
import { startNode } from '#server/test-node'
import { givenNumbers } from './given-numbers'

/**
 * 200 people, each on a socket of their own, take 50 numbers each as fast as they are answered: reserve, confirm, and
 * the next. One in ten is asked for twice at once. Shows how fast that goes, and counts what was given twice and what
 * was left out: in a fast series that is the counter's end against what was taken, in a gapless one both must be 0.
 * On the embedded database, and where there are PostgreSQL and Redis on two nodes that share them.
 *
 *   npm run bench -- bench/numbers.ts
 *   npm run bench -- bench/numbers.ts 20 10
 */
const { clients, each } = givenNumbers({ clients: 200, each: 50 })

/** There in every installation. */
const series = { fast: 'delivery', gapless: 'invoice' }
const answered = z.tuple([z.object({ ok: z.literal(true), output: reservation })])
const joined = z.tuple([z.object({ ok: z.literal(true), state: z.object({ next: place }) })])

class Client {
  readonly values: number[] = []
  /** From asking to having it, in milliseconds. */
  readonly took: number[] = []

  private constructor(
    private readonly line: TestLine,
    private readonly room: string,
  ) {}

  static async open(url: string, { cookie, csrfToken }: Visitor, room: string): Promise<Client> {
    const line = await TestLine.open(url, { headers: { origin: url, cookie } })
    const answer = await line.greet({ csrfToken })
    if (!answer.startsWith('0')) throw new Error(`A client was not let in: ${answer}`)
    const client = new Client(line, room)
    await client.join()
    return client
  }

  /** Answers what is next. */
  async join(): Promise<number> {
    const [reply] = joined.parse(await this.#ask('join', { room: this.room }))
    return reply.state.next.value
  }

  async takeAll(): Promise<void> {
    while (this.values.length < each) {
      const id = randomUUID()
      const begun = performance.now()
      const asks = this.values.length % 10 === 0 ? 2 : 1
      const held = await Promise.all(Array.from({ length: asks }, () => this.#call('reserve', id)))
      const { value } = await this.#call('confirm', id)
      if (held.some((one) => one.value !== value)) throw new Error('One id was answered two numbers.')
      this.took.push(performance.now() - begun)
      this.values.push(value)
    }
  }

  close(): void {
    this.line.close()
  }

  async #call(call: 'reserve' | 'confirm', id: string) {
    const [reply] = answered.parse(await this.#ask(call, { room: this.room, input: { id } }))
    return reply.output
  }

  async #ask(call: string, request: object): Promise<unknown> {
    const answer = await this.line.ask(JSON.stringify([`number:${call}`, request]))
    if (!answer) throw new Error(`A socket was closed: ${JSON.stringify(this.line.end)}`)
    return JSON.parse(answer.slice(answer.indexOf('[')))
  }
}

interface Visitor {
  cookie: string
  csrfToken: string
}

async function run(size: string, nodes: { url: string; visitors: Visitor[] }[]): Promise<void> {
  for (const [mode, room] of Object.entries(series)) {
    const all: Client[] = []
    for (const { url, visitors } of nodes) {
      for (const visitor of visitors) all.push(await Client.open(url, visitor, room))
    }
    const first = (await all[0]?.join()) ?? 1
    const begun = performance.now()
    await Promise.all(all.map((client) => client.takeAll()))
    const seconds = (performance.now() - begun) / 1_000
    const next = (await all[0]?.join()) ?? 1
    show(`${size}, ${mode}`, all, { seconds, first, next })
    for (const client of all) client.close()
  }
}

function show(
  what: string,
  all: Client[],
  { seconds, first, next }: Record<'seconds' | 'first' | 'next', number>,
): void {
  const values = all.flatMap((client) => client.values)
  const took = all.flatMap((client) => client.took).sort((one, other) => one - other)
  const at = (share: number) => `${Math.round(took[Math.ceil(took.length * share) - 1] ?? 0)} ms`
  const twice = values.length - new Set(values).size
  const gaps = next - first - new Set(values).size
  process.stdout.write(
    `${what}: ${all.length} clients took ${values.length} numbers in ${seconds.toFixed(1)} s, ` +
      `${Math.round(values.length / seconds)}/s; p50 ${at(0.5)}, p99 ${at(0.99)}; twice ${twice}, left out ${gaps}\n`,
  )
  if (twice > 0 || (what.endsWith('gapless') && gaps > 0)) process.exitCode = 1
}

const settings = {
  CALL_BURST: '10000',
  CALLS_PER_SECOND: '10000',
  HANDSHAKES_PER_MINUTE: '1000000',
  DEMO_ORDERS: '0',
}
const names = (from: number, count: number) => Array.from({ length: count }, (_, nth) => `client-${from + nth}`)

async function onEmbedded(): Promise<void> {
  const dataDir = await freshDataDir()
  const node = startNode({ dataDir, names: ['ada', ...names(0, clients)], settings })
  // People are made by the process itself, and only there: the embedded database is its own.
  const { port, visitors } = await node.started
  await run('embedded', [{ url: `http://127.0.0.1:${port}`, visitors: visitors.slice(1) }])
  node.kill('SIGTERM')
  await node.ended
  await rm(dataDir, { recursive: true, force: true })
}

async function onTwoNodes(): Promise<void> {
  const { url: databaseUrl, drop } = await createPostgresDatabase()
  const redis = await startRedis()
  const half = Math.ceil(clients / 2)
  const shared = { ...settings, DATABASE_URL: databaseUrl, REDIS_URL: redis.url }
  const dataDirs = [await freshDataDir(), await freshDataDir()]
  const nodes = []
  // One after the other: the first one makes the tables.
  for (const [nth, dataDir] of dataDirs.entries()) {
    const node = startNode({ dataDir, names: names(nth * half, nth === 0 ? half : clients - half), settings: shared })
    nodes.push({ node, ...(await node.started) })
  }
  await run(
    'PostgreSQL, two nodes',
    nodes.map(({ port, visitors }) => ({ url: `http://127.0.0.1:${port}`, visitors })),
  )
  for (const { node } of nodes) {
    node.kill('SIGTERM')
    await node.ended
  }
  await redis.stop()
  await drop()
  for (const dataDir of dataDirs) await rm(dataDir, { recursive: true, force: true })
}

/** One of its own, on a free port: what another one holds is none of ours. */
async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-redis-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const child: ChildProcess = spawn('redis-server', args, { stdio: 'ignore' })
  while (!(await listens(port))) await new Promise((resolve) => setTimeout(resolve, 50))
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.end())
  })
}

await onEmbedded()
if (await hasPostgres()) await onTwoNodes()
process.exit()
