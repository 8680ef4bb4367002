import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream, volatile } from '#channels/contract'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { sizes } from '#server/test-sizes'
import { publication } from './log-append'
import { publish } from './publish'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({}),
  pushes: { noted: stream(z.string().max(40)), seen: volatile(z.string()) },
  calls: {},
})

test('a push that is no stream is not written', () => {
  expect(() => publication(notes, 'a', 'seen', 'x')).toThrow('notes has no stream push "seen"')
  expect(() => publication(notes, 'a', 'gone', 'x')).toThrow('notes has no stream push "gone"')
})

describe.each(sizes)('$size', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>
  let rooms: string[]

  beforeAll(async () => {
    opened = await open()
  })
  beforeEach(() => {
    rooms = Array.from({ length: 3 }, () => randomUUID())
  })
  afterAll(() => opened.close())

  const note = (room: string | undefined, text: string) => publish(notes, room ?? '', 'noted', text)
  const logged = async (room: string | undefined) => {
    const entries = await opened.prisma.logEntry.findMany({ where: { room: `notes/${room}` }, orderBy: { seq: 'asc' } })
    return entries.map(({ seq, data }) => [seq, data])
  }
  const numbered = (texts: string[]) => texts.map((text, index) => [index + 1, text])
  const statements = async () => {
    const { values } = await container().metrics.logAppendBatchSize.get()
    return values.find(({ metricName }) => metricName?.endsWith('_count'))?.value ?? 0
  }

  test('what the contract does not allow is rejected alone, and so is what the database refuses', async () => {
    const texts = ['one', 'x'.repeat(41), 'two', 'with a NUL: \0', 'three', 'half a character: \ud800', 'four']
    const outcomes = await Promise.allSettled(texts.map((text) => note(rooms[0], text)))
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true, false, true])
    expect(outcomes[1]).toMatchObject({ reason: { name: 'ZodError' } })
    expect(await logged(rooms[0])).toEqual(numbered(['one', 'two', 'three', 'four']))
  })

  test('what is published at once to several rooms takes a few statements, each room in the order of the calls', async () => {
    const before = await statements()
    const texts = Array.from({ length: 300 }, (_, index) => `${index}`)
    await Promise.all(texts.map((text, index) => note(rooms[index % 3], text)))
    expect((await statements()) - before).toBeLessThanOrEqual(3)
    for (const [nth, room] of rooms.entries()) {
      expect(await logged(room)).toEqual(numbered(texts.filter((_, index) => index % 3 === nth)))
    }
  })

  test('many at once, alone and in transactions that fail or not: no gap, now or at any moment in between', async () => {
    const [room] = rooms
    const inTransaction = (text: string) =>
      transaction(async (tx) => {
        for (const part of ['a', 'b']) tx.publish(notes, room ?? '', 'noted', `${text}${part}`)
        await tx.setting.findMany()
        if (text.endsWith('7')) throw new Error('changed my mind')
      })
    let writing = true
    const looking = (async () => {
      let looks = 0
      for (; writing; looks++) {
        const { _count, _max } = await opened.prisma.logEntry.aggregate({
          where: { room: `notes/${room}` },
          _count: true,
          _max: { seq: true },
        })
        expect(_max.seq ?? 0).toBe(_count)
      }
      return looks
    })()
    const texts = Array.from({ length: 60 }, (_, index) => `${index}`)
    await Promise.allSettled(texts.flatMap((text) => [note(room, text), inTransaction(text)]))
    writing = false
    expect(await looking).toBeGreaterThan(0)
    const kept = texts.flatMap((text) => (text.endsWith('7') ? [text] : [text, `${text}a`, `${text}b`]))
    const entries = await logged(room)
    expect(entries.map(([seq]) => seq)).toEqual(kept.map((_, index) => index + 1))
    expect(entries.map(([, text]) => text).sort()).toEqual(kept.sort())
  })
})
