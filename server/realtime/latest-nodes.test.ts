import { randomUUID } from 'node:crypto'
import { createConnection } from 'node:net'
import { pino } from 'pino'
import { createClient } from 'redis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest } from '#channels/contract'
import { eventually } from '#server/test-wait'
import { LatestBoard } from './latest-board'
import { shareLatest } from './latest-nodes'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so boards were not shared.\n')

const quotes = defineChannel({
  name: 'quotes',
  room: z.string(),
  state: z.object({}),
  pushes: { quoted: latest(z.object({ symbol: z.string(), price: z.number() }), ({ symbol }) => symbol) },
  calls: {},
})

interface Node {
  board: LatestBoard
  /** The name of its connections, as Redis lists them. */
  name: string
  logged: string[]
  /** Resolves once it noticed that its connection is gone. Ask before it can happen. */
  lost(): Promise<unknown>
  leave(): void
}

const nodes: Node[] = []
const admin = createClient()

/** A board as of a process of its own: all they have in common is Redis. */
async function start(): Promise<Node> {
  const name = `test-${randomUUID()}`
  const logged: string[] = []
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line).msg) })
  // Long enough away for something to be missed.
  const client = createClient({ name, socket: { reconnectStrategy: 300 } })
  client.on('error', () => {})
  await client.connect()
  const board = new LatestBoard({ sendLatest: () => {}, has: () => true }, name)
  const stop = await shareLatest(board, client, log)
  const leave = () => {
    board.close()
    stop()
    client.destroy()
  }
  const node = {
    board,
    name,
    logged,
    lost: () => new Promise((resolve) => client.once('reconnecting', resolve)),
    leave,
  }
  nodes.push(node)
  return node
}

/** Cuts all its connections, as when Redis is started anew. */
async function cut({ name, lost }: Node): Promise<void> {
  const all = String(await admin.sendCommand(['CLIENT', 'LIST'])).split('\n')
  const ids = all.filter((line) => line.includes(`name=${name}`)).map((line) => /^id=(\d+)/.exec(line)?.[1] ?? '')
  expect(ids).toHaveLength(2)
  // Asked for by the event: on a busy machine it may be back before anyone looks.
  const noticed = lost()
  for (const id of ids) await admin.sendCommand(['CLIENT', 'KILL', 'ID', id])
  await noticed
}

describe.runIf(redisListens)('boards of several nodes on one Redis', () => {
  let room: string
  beforeEach(async () => {
    room = randomUUID()
    await admin.connect()
  })
  afterEach(() => {
    for (const node of nodes.splice(0)) node.leave()
    admin.destroy()
  })

  const quote = ({ board }: Node, symbol: string, price: number) => board.put(quotes, room, 'quoted', { symbol, price })
  const holds = ({ board }: Node, ...values: [string, number][]) =>
    eventually(() => {
      const held = board.read(quotes, room)?.map(({ data }) => data)
      expect(held).toHaveLength(values.length)
      expect(held).toEqual(expect.arrayContaining(values.map(([symbol, price]) => ({ symbol, price }))))
    })

  test('what is no message of ours is passed over, and named in the log', async () => {
    const [one, other] = [await start(), await start()]
    for (const text of ['', '{"from"', '{"from":"elsewhere","values":[{"price":1}]}']) {
      await admin.publish('switchboard:latest', text)
    }
    quote(one, 'A', 1)
    await holds(other, ['A', 1])
    expect(other.logged).toEqual(Array(3).fill('newest values of another node could not be read'))
  })

  test('what is published or withdrawn on one is so on the other', async () => {
    const [one, other] = [await start(), await start()]
    quote(one, 'A', 1)
    quote(other, 'B', 2)
    for (const node of [one, other]) await holds(node, ['A', 1], ['B', 2])
    one.board.withdraw(quotes, room, 'quoted', 'B')
    quote(other, 'A', 3)
    for (const node of [one, other]) await holds(node, ['A', 3])
  })

  test('a node that starts asks the others for what they have', async () => {
    const one = await start()
    quote(one, 'A', 1)
    const other = await start()
    await holds(other, ['A', 1])
    one.leave()
    const third = await start()
    await holds(third, ['A', 1])
  })

  test('what was told while a node did not hear is there once it does', async () => {
    const [one, other] = [await start(), await start()]
    quote(one, 'A', 1)
    quote(one, 'B', 1)
    await holds(other, ['A', 1], ['B', 1])
    await cut(other)
    one.board.withdraw(quotes, room, 'quoted', 'A')
    quote(one, 'B', 2)
    quote(other, 'C', 3)
    for (const node of [one, other]) await holds(node, ['B', 2], ['C', 3])
  })
})
