import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import type { Position, Pushed } from '#channels/wire'
import { container, fillContainer } from '#server/container'
import { countQueries } from '#server/test-queries'
import { sizes } from '#server/test-sizes'
import { publish } from './publish'
import { type Replay, Replays } from './replay'
import { ReplayPages } from './replay-pages'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({}),
  pushes: { noted: stream(z.string()) },
  calls: {},
})

describe.each(sizes)('$size', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>
  let replays: Replays
  let room: string
  let key: string

  beforeAll(async () => {
    opened = await open()
  })
  beforeEach(() => {
    replays = new Replays()
    room = randomUUID()
    key = `notes/${room}`
  })
  afterAll(() => opened.close())

  const write = (count: number, text = 'x') =>
    Promise.all(Array.from({ length: count }, () => publish(notes, room, 'noted', text)))
  const now = () => container().roomLog.positions.of(key)
  const numbers = (pushes: Pushed[]) => pushes.map(({ seq }) => seq)
  const upTo = (last: number, after = 0) => Array.from({ length: last - after }, (_, index) => after + index + 1)
  /** As many rows as it takes, of no interest themselves. */
  const fill = async (last: number) => {
    await opened.prisma.$executeRaw`
      INSERT INTO log_entry (room, seq, push, data, at)
      SELECT ${key}, seq, 'noted', '"x"', now() FROM generate_series(1, ${last}::int) AS seq`
    await opened.prisma.logRoom.create({ data: { key, seq: last } })
  }
  /** Follows the pages from a position to the end, as a client does. */
  const follow = async (since: Position): Promise<Replay[]> => {
    const pages: Replay[] = []
    for (let from = since; ; ) {
      const page = await replays.after(key, from, await now())
      if (!page) throw new Error('The log should have reached back.')
      pages.push(page)
      if (!page.more) return pages
      from = page.position
    }
  }

  describe('the log cannot tell', () => {
    test.each<[string, (position: Position) => Position]>([
      ['what came after a position of another epoch', ({ seq }) => ({ epoch: randomUUID(), seq: seq - 1 })],
      ['after one it has never reached', ({ epoch, seq }) => ({ epoch, seq: seq + 1 })],
      ['after one whose next entry has been trimmed', ({ epoch }) => ({ epoch, seq: 0 })],
    ])('%s', async (_, change) => {
      await write(3)
      await opened.prisma.logEntry.deleteMany({ where: { room: key, seq: 1 } })
      const position = await now()
      expect(await replays.after(key, change(position), position)).toBeNull()
    })

    test('more than it leads anyone through', async () => {
      await fill(5_001)
      const position = await now()
      expect(await replays.after(key, { ...position, seq: 0 }, position)).toBeNull()
      expect(await replays.after(key, { ...position, seq: 1 }, position)).toMatchObject({ more: true })
    })

    test('a hole in the middle of a page', async () => {
      await write(5)
      await opened.prisma.logEntry.deleteMany({ where: { room: key, seq: 3 } })
      const position = await now()
      expect(await replays.after(key, { ...position, seq: 1 }, position)).toBeNull()
      expect(await replays.after(key, { ...position, seq: 3 }, position)).toMatchObject({
        pushes: [{ seq: 4 }, { seq: 5 }],
      })
    })
  })

  test('nothing, where nothing is missing', async () => {
    await write(1)
    const position = await now()
    expect(await replays.after(key, position, position)).toEqual({ position, pushes: [] })
  })

  test.each([0, 1, 150, 199, 200, 201, 399, 400])(
    'from %d to the end, page by page, each push once and in order',
    async (seq) => {
      await fill(450)
      const pages = await follow({ ...(await now()), seq })
      expect(pages.flatMap(({ pushes }) => numbers(pushes))).toEqual(upTo(450, seq))
      expect(Math.max(...pages.map(({ pushes }) => pushes.length))).toBeLessThanOrEqual(200)
    },
  )

  test('long pushes come in shorter answers, and one that is too long for any comes alone', async () => {
    await write(100, 'x'.repeat(4_000))
    await write(1, 'x'.repeat(400_000))
    await write(1, 'x')
    const pages = await follow({ ...(await now()), seq: 0 })
    expect(pages.flatMap(({ pushes }) => numbers(pushes))).toEqual(upTo(102))
    expect(pages.map(({ pushes }) => pushes.length)).toEqual([65, 35, 1, 1])
  })

  test('a thousand who left at a few different numbers read the database a few times', async () => {
    await fill(450)
    const position = await now()
    const queries = countQueries()
    const leave = Array.from({ length: 1_000 }, (_, index) => (index % 7) * 60)
    const replies = await Promise.all(leave.map((seq) => replays.after(key, { ...position, seq }, position)))
    queries.stop()
    expect(replies.map((reply) => reply?.pushes[0]?.seq)).toEqual(leave.map((seq) => seq + 1))
    expect(queries.all()).toBe(2)
  })

  test('a page that was read before more was written, or is still being read, is not taken for the end', async () => {
    await write(3)
    const before = await now()
    await replays.after(key, { ...before, seq: 0 }, before)
    await write(2)
    const after = await now()
    const kept = await replays.after(key, { ...after, seq: 0 }, after)
    expect(numbers(kept?.pushes ?? [])).toEqual(upTo(5))

    const pages = new ReplayPages()
    const { arrived, letGo } = holdNextAnswer()
    const slow = pages.read(after.epoch, key, 1, 5)
    await arrived
    await write(1)
    const shared = pages.read(after.epoch, key, 1, 5)
    const asked = pages.read(after.epoch, key, 1, 6)
    letGo()
    expect(numbers(await slow)).toEqual(upTo(5))
    expect(numbers(await shared)).toEqual(upTo(5))
    expect(numbers(await asked)).toEqual(upTo(6))
  })

  test('what is kept is bounded, in size and in time', async () => {
    await fill(600)
    const { epoch } = await now()
    const queries = countQueries()
    // A page of 200 takes some 40,000 bytes.
    const small = new ReplayPages({ keptBytes: 90_000 })
    for (const seq of [1, 201, 1, 401, 1, 201]) await small.read(epoch, key, seq, 600)
    // The two used last are kept: of the six, the second asking for 1 and the third are there, and 201 is not.
    expect(queries.all()).toBe(4)
    const brief = new ReplayPages({ keptFor: -1 })
    for (const seq of [1, 1]) await brief.read(epoch, key, seq, 600)
    expect(queries.all()).toBe(6)
    queries.stop()
  })
})

/** The next query is answered by the database at once, and comes back when it is let go. */
function holdNextAnswer() {
  const filled = container()
  let letGo = () => {}
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const arrived = new Promise<void>((arrive) => {
    const prisma = new Proxy(filled.database.prisma, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (name !== '$queryRaw' || typeof value !== 'function') return value
        fillContainer(filled)
        return async (...query: unknown[]) => {
          const rows: unknown = await value.apply(target, query)
          arrive()
          await released
          return rows
        }
      },
    })
    fillContainer({ ...filled, database: { ...filled.database, prisma } })
  })
  return { arrived, letGo }
}
