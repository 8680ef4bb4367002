import { randomInt, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chat, type MessagePage } from '#channels/chat'
import { Connection } from '#components/realtime/connection'
import { openRoom, type Room } from '#components/realtime/room'
import { freshDataDir } from '#server/db/template'
import { startNode, type TestNode } from '#server/test-node'
import type { Started } from '#server/test-process'
import { chatFold } from './use-chat'

const people = ['ada', 'ben', 'cleo', 'dora']
const kills = 10
let dataDir: string
let node: TestNode | undefined

beforeAll(async () => {
  dataDir = await freshDataDir()
})
afterAll(async () => {
  node?.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

async function start(port: number, names: string[]): Promise<Started> {
  node = startNode({ dataDir, port, names })
  return node.started
}

/** A client of ours in a room, with what it has applied, in the order it applied it. */
function enter(url: string, { cookie, csrfToken }: Started['visitors'][number]) {
  const socket = { extraHeaders: { cookie, origin: url }, forceNew: true }
  const connection = new Connection({ url, csrfToken: async () => csrfToken, socket })
  const empty: MessagePage = { messages: [], more: false }
  const room = openRoom(connection, chat, 'general', { state: empty, position: { epoch: '', seq: 0 } }, chatFold)
  const applied: string[] = []
  room.watch(({ push, data }) => push === 'posted' && applied.push((data as { id: string }).id))
  return { connection, room, applied }
}

test('killed ten times under load, every acknowledged message is there once, in order, at every reader', async () => {
  const first = await start(0, people)
  const url = `http://127.0.0.1:${first.port}`
  const clients = first.visitors.map((visitor) => enter(url, visitor))
  const acknowledged = new Set<string>()
  const uncertain = new Set<string>()
  let posting = true
  const post = async (room: Room<typeof chat>) => {
    while (posting) {
      const id = randomUUID()
      try {
        await room.call('post', { id, body: id })
        acknowledged.add(id)
      } catch {
        // Cut in the middle: it may or may not have been stored, but never twice.
        uncertain.add(id)
      }
    }
  }
  await expect
    .poll(() => clients.every(({ room }) => room.snapshot.status === 'joined'), { timeout: 10_000 })
    .toBe(true)
  const load = clients.map(({ room }) => post(room))

  const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
  process.stdout.write(`SEED=${seed}\n`)
  for (const moment of fc.sample(fc.nat(150), { seed, numRuns: kills })) {
    const before = acknowledged.size
    await expect.poll(() => acknowledged.size, { timeout: 15_000 }).toBeGreaterThan(before + 20)
    // The moment of the kill is the one thing here that should be random.
    await wait(moment)
    node?.kill('SIGKILL')
    await node?.ended
    await start(first.port, [])
  }
  posting = false
  await Promise.all(load)

  const stored = new Set([...acknowledged])
  await expect
    .poll(() => clients.every(({ applied }) => [...stored].every((id) => applied.includes(id))), {
      timeout: 20_000,
      interval: 250,
    })
    .toBe(true)
  await expect.poll(() => new Set(clients.map(({ applied }) => applied.length)).size, { timeout: 20_000 }).toBe(1)
  const [one, ...others] = clients.map(({ applied }) => applied)
  expect(new Set(one).size).toBe(one?.length)
  for (const other of others) expect(other).toEqual(one)
  for (const id of one ?? []) expect(acknowledged.has(id) || uncertain.has(id)).toBe(true)
  for (const { connection } of clients) connection.hangUp()
  process.stdout.write(
    `${kills} kills, ${acknowledged.size} acknowledged, ${one?.length} applied by each of ${clients.length} readers, lost 0, twice 0\n`,
  )
}, 120_000)
