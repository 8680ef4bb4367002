import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ChannelContract, defineChannel, stream } from '#channels/contract'
import { container } from '#server/container'
import { sizes } from '#server/test-sizes'
import { publish } from './publish'
import { LogTrim } from './trim'

const noted = { noted: stream(z.string()) }
const contract = { room: z.string(), state: z.object({}), pushes: noted, calls: {} }
const brief = defineChannel({ name: 'brief', ...contract, retention: { days: 1, pushes: 5 } })
const long = defineChannel({ name: 'long', ...contract, retention: { days: 30, pushes: 5_000 } })
const ordinary = defineChannel({ name: 'ordinary', ...contract })
const channels: ChannelContract[] = [brief, long, ordinary]

const hour = 3_600_000
const never = new AbortController().signal

describe.each(sizes)('$size', ({ size, open }) => {
  let opened: Awaited<ReturnType<typeof open>>

  beforeAll(async () => {
    opened = await open({ logDays: 7, logPushes: 20 })
  })
  beforeEach(async () => {
    await opened.prisma.logEntry.deleteMany()
    await opened.prisma.logRoom.deleteMany()
  })
  afterAll(() => opened.close())

  /** A room of the channel with so many entries, each written so many hours ago. */
  const fill = async (key: string, count: number, hoursAgo = 0) => {
    const at = new Date(Date.now() - hoursAgo * hour)
    const [{ seq: last }] = await opened.prisma.$queryRaw<[{ seq: number }]>`
      INSERT INTO log_room (key, seq) VALUES (${key}, ${count}::int)
      ON CONFLICT (key) DO UPDATE SET seq = log_room.seq + excluded.seq RETURNING seq`
    await opened.prisma.$executeRaw`
      INSERT INTO log_entry (room, seq, push, data, at)
      SELECT ${key}, ${last}::int - ${count}::int + nth, 'noted', '"x"', ${at} FROM generate_series(1, ${count}::int) AS nth`
  }
  const kept = async (key: string) => {
    const entries = await opened.prisma.logEntry.findMany({ where: { room: key }, orderBy: { seq: 'asc' } })
    return entries.map(({ seq }) => seq)
  }
  const upTo = (last: number, after = 0) => Array.from({ length: last - after }, (_, index) => after + index + 1)

  test('what may be kept is kept', async () => {
    await fill('brief/full', 5, 23)
    await fill('long/full', 5_000, 29 * 24)
    await fill('ordinary/full', 20, 6 * 24)
    expect(await new LogTrim(channels).pass(never)).toBe(0)
    expect(await opened.prisma.logEntry.count()).toBe(5_025)
  })

  test('nothing is deleted once it is told to stop', async () => {
    await fill('brief/full', 500)
    expect(await new LogTrim(channels).pass(AbortSignal.abort())).toBe(0)
  })

  test('by count, as each channel says, or the settings where it does not or is no more', async () => {
    for (const channel of ['brief', 'long', 'ordinary', 'gone']) await fill(`${channel}/a`, 5_010)
    expect(await new LogTrim(channels).pass(never)).toBe(5_005 + 10 + 4_990 + 4_990)
    expect(await kept('brief/a')).toEqual(upTo(5_010, 5_005))
    expect(await kept('long/a')).toEqual(upTo(5_010, 10))
    expect(await kept('ordinary/a')).toEqual(upTo(5_010, 4_990))
    expect(await kept('gone/a')).toEqual(upTo(5_010, 4_990))
  })

  test('by age, to the last one', async () => {
    await fill('long/a', 1_500, 31 * 24)
    await fill('long/a', 3, 1)
    await fill('brief/a', 4, 25)
    await fill('ordinary/a', 2, 8 * 24)
    expect(await new LogTrim(channels).pass(never)).toBe(1_500 + 4 + 2)
    expect(await kept('long/a')).toEqual([1_501, 1_502, 1_503])
    expect(await kept('brief/a')).toEqual([])
  })

  test('numbers go on where they were, and whoever asks for what is gone is told so', async () => {
    await fill('brief/a', 12, 25)
    await new LogTrim(channels).pass(never)
    await publish(brief, 'a', 'noted', 'after')
    expect(await kept('brief/a')).toEqual([13])
    const { positions, replays } = container().roomLog
    const position = await positions.of('brief/a')
    expect(await replays.after('brief/a', { ...position, seq: 11 }, position)).toBeNull()
    expect(await replays.after('brief/a', { ...position, seq: 12 }, position)).toMatchObject({ pushes: [{ seq: 13 }] })
  })

  test('two nodes at once delete everything, each entry once', async () => {
    for (const room of ['a', 'b', 'c']) await fill(`brief/${room}`, 3_000)
    const passes = await Promise.all([1, 2].map(() => new LogTrim(channels).pass(never)))
    expect(passes.reduce((sum, deleted) => sum + deleted)).toBe(3 * 2_995)
    for (const room of ['a', 'b', 'c']) expect(await kept(`brief/${room}`)).toHaveLength(5)
  })

  // The embedded database has one connection, so nobody else can hold anything.
  test.runIf(size === 'server')('what somebody else holds is not waited for', async () => {
    await fill('brief/a', 9)
    await opened.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM log_entry WHERE room = 'brief/a' AND seq <= 3 FOR UPDATE`
      expect(await new LogTrim(channels).pass(never)).toBe(1)
    })
    expect(await kept('brief/a')).toEqual([1, 2, 3, 5, 6, 7, 8, 9])
  })

  test('of more rooms than it looks at by one statement it finds the last', async () => {
    await opened.prisma.$executeRaw`
      INSERT INTO log_room (key, seq) SELECT 'brief/' || nth, 0 FROM generate_series(1, 2500) AS nth`
    await fill('brief/z', 7)
    expect(await new LogTrim(channels).pass(never)).toBe(2)
  })
})
