import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import { container, fillContainer } from '#server/container'
import { sizes } from '#server/test-sizes'
import { eventually } from '#server/test-wait'
import { LogUpkeep } from './log-upkeep'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({}),
  pushes: { noted: stream(z.string()) },
  calls: {},
  retention: { days: 1, pushes: 10 },
})

describe.each(sizes)('$size', ({ size, open }) => {
  let opened: Awaited<ReturnType<typeof open>>

  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  const fill = async (key: string, count: number) => {
    await opened.prisma.$executeRaw`
      INSERT INTO log_room (key, seq) VALUES (${key}, ${count}::int)`
    await opened.prisma.$executeRaw`
      INSERT INTO log_entry (room, seq, push, data, at)
      SELECT ${key}, nth, 'noted', to_jsonb(repeat('x', 100)), now() FROM generate_series(1, ${count}::int) AS nth`
  }
  const left = () => opened.prisma.logEntry.count()
  /** Keeps the log in order until `done`; then nothing is under way any more. */
  const keepUntil = async (done: () => Promise<void>) => {
    const upkeep = new LogUpkeep([notes], 5)
    upkeep.start()
    try {
      await eventually(done)
    } finally {
      await upkeep.stop()
    }
  }

  test('a database that is away for a while ends nothing', async () => {
    await fill('notes/away', 20)
    const filled = container()
    let asked = 0
    const noteHistory = () => (++asked < 3 ? Promise.reject(new Error('away')) : filled.database.noteHistory())
    fillContainer({ ...filled, database: { ...filled.database, noteHistory } })
    await keepUntil(async () => expect(await left()).toBe(10))
    fillContainer(filled)
    expect(asked).toBeGreaterThanOrEqual(3)
  })

  test('a database with another history gives the log a new epoch', async () => {
    const epoch = async () => (await opened.prisma.logEpoch.findFirstOrThrow()).epoch
    const before = await epoch()
    await opened.prisma.logEpoch.updateMany({ data: { history: 'another' } })
    await keepUntil(async () => expect(await epoch()).not.toBe(before))
  })

  // PostgreSQL does so by itself, and when it likes.
  test.runIf(size === 'embedded')('what was trimmed makes room for what comes', async () => {
    await opened.prisma.logEntry.deleteMany()
    await fill('notes/a', 12_000)
    const bytes = () => opened.prisma.$queryRaw`SELECT pg_relation_size('log_entry')::int AS bytes`
    const before = await bytes()
    const filled = container()
    let reclaimed = false
    const reclaim = async () => {
      await filled.database.reclaim()
      reclaimed = true
    }
    fillContainer({ ...filled, database: { ...filled.database, reclaim } })
    await keepUntil(async () => expect(reclaimed).toBe(true))
    fillContainer(filled)
    expect(await left()).toBe(10)
    await fill('notes/b', 11_000)
    expect(await bytes()).toEqual(before)
  })
})
