import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { container, fillContainer } from '#server/container'
import { sizes } from '#server/test-sizes'
import { ServerNode } from './node'
import { ConnectionRegistry } from './registry'

describe.each(sizes)('$size', ({ open: openSized }) => {
  const logged: string[] = []
  let running: Awaited<ReturnType<typeof openSized>>
  /** Two nodes that share the database. */
  let nodes: [ServerNode, ServerNode]
  let here: ConnectionRegistry
  let there: ConnectionRegistry

  beforeAll(async () => {
    running = await openSized()
    const log = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line).msg) })
    fillContainer({ ...container(), log })
  })
  beforeEach(async () => {
    nodes = [new ServerNode({ beatEvery: 50 }), new ServerNode({ beatEvery: 50 })]
    here = new ConnectionRegistry(nodes[0], { writeEvery: 20 })
    there = new ConnectionRegistry(nodes[1], { writeEvery: 20 })
    for (const node of nodes) await node.start()
    return async () => {
      for (const registry of [here, there]) await registry.stop()
      for (const node of nodes) await node.close()
      logged.length = 0
    }
  })
  afterAll(async () => {
    await running.close()
    await rm(running.env.dataDir, { recursive: true, force: true })
  })

  const open = (registry: ConnectionRegistry, path = '/socket.io', userId: string = randomUUID()) => {
    const connection = { id: randomUUID(), path, userId, sessionId: randomUUID(), address: '192.0.2.1' }
    registry.open(connection)
    return connection
  }
  /** Rows that one statement wrote carry the number of one transaction. */
  const stored = () =>
    running.prisma.$queryRaw<{ id: string; batch: string }[]>`SELECT id, xmin::text AS batch FROM connection`
  const batches = async () => new Set((await stored()).map(({ batch }) => batch)).size
  const patience = { timeout: 5_000, interval: 10 }
  const written = (ids: Iterable<string>) =>
    expect.poll(async () => idsOf(await stored()), patience).toEqual([...ids].toSorted())
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted()

  test.each(['', 'ws', '/', '/ws/', '//', '/*', '**', '/ws*', '/ws/*/x', '*/ws', '/ws/**'])(
    'what is no path filter is refused: %j',
    async (path) => {
      const invalid = expect.objectContaining({ code: 'invalid' })
      await expect(here.list({ path })).rejects.toEqual(invalid)
      await expect(here.exists(randomUUID(), path)).rejects.toEqual(invalid)
      await expect(here.count('node', { path })).rejects.toEqual(invalid)
    },
  )

  test('whoever is not connected is not found, nor whoever has gone', async () => {
    const { id, userId } = open(here)
    expect(await here.exists(randomUUID())).toBe(false)
    await written([id])
    here.close(id, 'client')
    expect(await here.exists(userId)).toBe(false)
    expect(await here.list()).toEqual([])
    await written([])
    expect(await there.exists(userId)).toBe(false)
    expect(await there.list()).toEqual([])
  })

  test('what was closed before it was written, or while it was, leaves no row', async () => {
    const seed = Date.now()
    const random = randomFrom(seed)
    const alive = new Set<string>()
    for (let round = 0; round < 60; round++) {
      for (let count = 0; count < 10; count++) alive.add(open(here).id)
      for (const id of alive) {
        if (random() > 0.6) continue
        here.close(id, 'client')
        alive.delete(id)
      }
      await new Promise((resolve) => setTimeout(resolve, random() * 10))
    }
    await expect.poll(async () => idsOf(await stored()), { message: `seed ${seed}` }).toEqual([...alive].toSorted())
  })

  test("one's own connections are known at once, with rooms and round trip; others know the same soon", async () => {
    const one = open(here)
    here.setRooms(one.id, ['chat/general', 'user/{"a,b'])
    here.setRoundTrip(one.id, 12.4)
    const expected = {
      rooms: ['chat/general', 'user/{"a,b'],
      roundTrip: 12,
      nodeId: nodes[0].id,
      since: expect.any(Number),
    }
    const own = await here.list()
    expect(own).toEqual([{ ...one, ...expected }])
    expect(own[0]?.since).toBeGreaterThan(Date.now() - 10_000)
    await written([one.id])
    expect(await there.list()).toEqual(own)
    here.setRooms(one.id, [])
    await expect.poll(async () => (await there.list())[0]?.rooms).toEqual([])
    expect(await there.list()).toEqual(await here.list())
  })

  test('a connection without a session is listed, and is nobody’s', async () => {
    const id = randomUUID()
    here.open({ id, path: '/ws/device', address: '192.0.2.1' })
    await written([id])
    for (const registry of [here, there]) {
      expect(await registry.list()).toMatchObject([{ id, sessionId: null, userId: null }])
      expect(await registry.count('path')).toEqual(new Map([['/ws/device', 1]]))
      expect(await registry.count('user')).toEqual(new Map())
    }
  })

  const paths = [
    ...['/ws', '/wsx/a', '/ws/a', '/ws/a/b', '/ws/ab'],
    ...['/ws/a_b', '/ws/axb', '/ws/a_b/c', '/ws/axb/c', '/ws/100%', '/ws/100x', '/ws/100%/c', '/ws/100x/c'],
  ]
  const meant = {
    '/ws': ['/ws'],
    '/ws/a': ['/ws/a'],
    '/ws/a_b': ['/ws/a_b'],
    '/ws/100%': ['/ws/100%'],
    '/ws/100%/*': ['/ws/100%/c'],
    '/ws/a_b/*': ['/ws/a_b/c'],
    '/ws/a/*': ['/ws/a/b'],
    '/ws/*': paths.filter((path) => path.startsWith('/ws/')),
    '/socket.io': [],
    '*': paths,
  }
  test('a filter means the same to memory and to the database', async () => {
    const userId = randomUUID()
    await written(paths.map((path) => open(here, path, userId).id))
    for (const [filter, matching] of Object.entries(meant)) {
      for (const registry of [here, there]) {
        const found = (await registry.list({ path: filter })).map(({ path }) => path)
        expect(found.toSorted(), filter).toEqual(matching.toSorted())
        expect(await registry.exists(userId, filter), filter).toBe(matching.length > 0)
        expect(await registry.exists(randomUUID(), filter), filter).toBe(false)
        const counts = new Map(matching.length > 0 ? [[userId, matching.length]] : [])
        expect(await registry.count('user', { path: filter }), filter).toEqual(counts)
      }
    }
  })

  test('of two nodes each counts both, by node, path and user, and filters by user and session', async () => {
    const ada = randomUUID()
    const [one, two] = [open(here, '/socket.io', ada), open(there, '/ws/orders', ada)]
    const three = open(there)
    await written([one.id, two.id, three.id])
    for (const registry of [here, there]) {
      const { nodeOne, nodeTwo } = { nodeOne: nodes[0].id, nodeTwo: nodes[1].id }
      expect(await registry.count('node')).toEqual(
        new Map([
          [nodeOne, 1],
          [nodeTwo, 2],
        ]),
      )
      expect(await registry.count('path')).toEqual(
        new Map([
          ['/socket.io', 2],
          ['/ws/orders', 1],
        ]),
      )
      expect(await registry.count('user')).toEqual(
        new Map([
          [ada, 2],
          [three.userId, 1],
        ]),
      )
      expect(await registry.count('path', { userId: ada, path: '/ws/*' })).toEqual(new Map([['/ws/orders', 1]]))
      expect(idsOf(await registry.list({ userId: ada }))).toEqual([one.id, two.id].toSorted())
      expect(idsOf(await registry.list({ sessionId: three.sessionId }))).toEqual([three.id])
      expect(idsOf(await registry.list({ sessionId: three.sessionId, userId: ada }))).toEqual([])
    }
  })

  test('many changes are few statements, and none is too large', async () => {
    const ids = Array.from({ length: 300 }, () => open(here).id)
    await written(ids)
    expect(await batches()).toBe(1)
    for (const id of ids) for (const room of ['a', 'b', 'c']) here.setRooms(id, [`chat/${room}`])
    await expect.poll(async () => (await there.list()).every(({ rooms }) => rooms[0] === 'chat/c')).toBe(true)
    expect(await batches()).toBe(1)
    for (let count = 0; count < 900; count++) ids.push(open(here).id)
    await written(ids)
    // The 300 as before, and 900 by 500 at most.
    expect(await batches()).toBe(3)
  })

  test('what could not be written is written later, and one line says so', async () => {
    const { id } = open(here)
    await written([id])
    await running.prisma.$executeRaw`ALTER TABLE connection RENAME TO connection_away`
    here.close(id, 'client')
    const later = open(here)
    await expect.poll(() => logged).not.toEqual([])
    // By now it has failed more than once.
    await new Promise((resolve) => setTimeout(resolve, 100))
    await running.prisma.$executeRaw`ALTER TABLE connection_away RENAME TO connection`
    await written([later.id])
    expect(logged).toEqual(['connections could not be written; it is tried again'])
  })

  test('what was closed while half a batch was written again and again leaves no row', async () => {
    const ids = [open(here).id]
    await written(ids)
    await running.prisma.$executeRaw`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''on purpose''; END'`
    await running.prisma.$executeRaw`
      CREATE TRIGGER refuse BEFORE DELETE ON connection FOR EACH ROW EXECUTE FUNCTION refuse()`
    here.close(ids[0] ?? '', 'client')
    for (let count = 0; count < 20; count++) ids.push(open(here).id)
    await written(ids)
    for (const id of ids) {
      here.close(id, 'client')
      await stored()
    }
    await running.prisma.$executeRaw`DROP FUNCTION refuse CASCADE`
    await written([])
  })

  test('a node whose row has gone enters itself again, with all of its connections', async () => {
    const [one, other] = [open(here), open(there)]
    here.setRooms(one.id, ['chat/general'])
    await written([one.id, other.id])
    const before = await there.list()
    await running.prisma.$executeRaw`DELETE FROM node WHERE id = ${nodes[0].id}::uuid`
    expect(idsOf(await there.list())).toEqual([other.id])
    await written([one.id, other.id])
    expect(await there.list()).toEqual(before)
    expect(logged).toContain('node had been taken for dead, and is back')
  })
})

/** Numbers from 0 to 1 that a seed repeats (a linear congruence: Numerical Recipes, ranqd1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
