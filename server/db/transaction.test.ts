import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import { sizes } from '#server/test-sizes'
import { transaction } from './transaction'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({}),
  pushes: { noted: stream(z.string()) },
  calls: {},
})

// The embedded database runs one transaction after another; on PostgreSQL several are open at once.
describe.each(sizes)('$size', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>

  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  const logged = async (room: string) => {
    const where = { room: `notes/${room}` }
    const entries = await opened.prisma.logEntry.findMany({ where, orderBy: { seq: 'asc' } })
    return entries.map(({ seq, data }) => [seq, data])
  }

  test('what is rolled back has published nothing, run nothing and used no number', async () => {
    const ran: string[] = []
    const failing = transaction(async (tx) => {
      tx.publish(notes, 'a', 'noted', 'never')
      tx.afterCommit(() => ran.push('never'))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    await transaction(async (tx) => tx.publish(notes, 'a', 'noted', 'first'))
    expect(await logged('a')).toEqual([[1, 'first']])
    expect(ran).toEqual([])
  })

  test('of two open at once, the one that fails takes nothing of the other with it', async () => {
    const ran: string[] = []
    const run = (name: string, fails: boolean) =>
      transaction(async (tx) => {
        await tx.setting.findMany()
        tx.publish(notes, 'b', 'noted', name)
        tx.afterCommit(() => ran.push(name))
        await tx.setting.findMany()
        if (fails) throw new Error(name)
      })
    const results = await Promise.allSettled([
      run('one', true),
      run('two', false),
      run('three', true),
      run('four', false),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect(ran.sort()).toEqual(['four', 'two'])
    expect((await logged('b')).map(([, name]) => name).sort()).toEqual(['four', 'two'])
  })

  test('two rooms published to in opposite orders by many at once: each gets every push, numbered without a gap', async () => {
    const publish = (rooms: string[], index: number) =>
      transaction(async (tx) => {
        for (const room of rooms) tx.publish(notes, room, 'noted', `${index}`)
        await tx.setting.findMany()
      })
    await Promise.all(Array.from({ length: 30 }, (_, index) => publish(index % 2 ? ['c', 'd'] : ['d', 'c'], index)))
    const numbers = Array.from({ length: 30 }, (_, index) => index + 1)
    for (const room of ['c', 'd']) expect((await logged(room)).map(([seq]) => seq)).toEqual(numbers)
  })
})
