import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, stream } from '#channels/contract'
import type { Pushed } from '#channels/wire'
import { eventually } from '#server/test-wait'
import { LatestBoard, type SharedValues } from './latest-board'

const quotes = defineChannel({
  name: 'quotes',
  room: z.string(),
  state: z.object({}),
  pushes: {
    quoted: latest(z.object({ symbol: z.string(), price: z.number() }), ({ symbol }) => symbol),
    halted: latest(z.object({ symbol: z.string() }), ({ symbol }) => symbol),
    noted: stream(z.string()),
  },
  calls: {},
})
const notes = defineChannel({ ...quotes, name: 'notes', pushes: { noted: stream(z.string()) } })

const boards: LatestBoard[] = []
let frames: Pushed[][]
let present: boolean
const open = (node: string) => {
  // Its own for each board: those of the test before may still have something to send.
  const sent = frames
  const board = new LatestBoard({ sendLatest: (_, __, pushes) => sent.push(pushes), has: () => present }, node)
  boards.push(board)
  return board
}
/** What a board holds, or what was sent: the key and the price, none where it is withdrawn. */
const prices = (pushes: Pushed[] | undefined) =>
  pushes?.map(({ key, data }) => [key, (data as { price: number } | undefined)?.price])

let board: LatestBoard
beforeEach(() => {
  frames = []
  present = false
  board = open('here')
})
afterEach(() => {
  for (const one of boards.splice(0)) one.close()
})

const quote = (symbol: string, price: number, on = board) => on.put(quotes, 'nyse', 'quoted', { symbol, price })
const held = (on = board) => prices(on.read(quotes, 'nyse'))

describe('refused', () => {
  test('data that is not what the contract says, and a key that is none', () => {
    expect(() => board.put(quotes, 'nyse', 'quoted', { symbol: 'A', price: 'high' })).toThrow(z.ZodError)
    expect(() => quote('', 1)).toThrow(z.ZodError)
    expect(() => quote('x'.repeat(257), 1)).toThrow(z.ZodError)
    expect(held()).toEqual([])
  })

  test.each(['noted', 'exploded', 'constructor'])('"%s", which is no latest push', (push) => {
    expect(() => board.put(quotes, 'nyse', push, 'x')).toThrow(`quotes has no latest push "${push}"`)
    expect(() => board.withdraw(quotes, 'nyse', push, 'x')).toThrow(`quotes has no latest push "${push}"`)
  })

  test('one key more than a room may hold; those that are there go on', () => {
    for (let key = 0; key < 10_000; key++) quote(`${key}`, key)
    expect(() => quote('one more', 1)).toThrow('quotes/nyse holds 10000 values; withdraw those that are over')
    quote('7', 1)
    board.withdraw(quotes, 'nyse', 'quoted', '8')
    quote('one more', 1)
    expect(board.read(quotes, 'nyse')).toHaveLength(10_000)
  })

  test('a withdrawal of what there is not: nothing is sent', async () => {
    board.withdraw(quotes, 'nyse', 'quoted', 'A')
    board.withdraw(quotes, 'elsewhere', 'quoted', 'A')
    quote('B', 1)
    await eventually(() => expect(frames).toHaveLength(1))
    expect(frames.map(prices)).toEqual([[['B', 1]]])
  })
})

test('holds the newest of each key, and each push its own keys', () => {
  quote('A', 1)
  quote('B', 2)
  quote('A', 3)
  board.put(quotes, 'nyse', 'halted', { symbol: 'A' })
  expect(board.read(quotes, 'nyse')).toMatchObject([
    { push: 'quoted', key: 'A', data: { price: 3 } },
    { push: 'quoted', key: 'B', data: { price: 2 } },
    { push: 'halted', key: 'A' },
  ])
  board.withdraw(quotes, 'nyse', 'quoted', 'A')
  expect(held()).toEqual([
    ['B', 2],
    ['A', undefined],
  ])
  expect(board.read(quotes, 'elsewhere')).toEqual([])
  expect(board.read(notes, 'nyse')).toBeUndefined()
})

test('times only grow, however many fall into one millisecond', () => {
  const times = Array.from({ length: 1_000 }, (_, price) => {
    quote('A', price)
    return board.read(quotes, 'nyse')?.[0]?.at ?? 0
  })
  expect(times).toEqual([...new Set(times)].sort((one, other) => one - other))
  expect(Math.abs((times.at(-1) ?? 0) - Date.now())).toBeLessThan(1_000)
})

test('what changes in one turn leaves in one frame, of each key the newest, and then the last of all', async () => {
  for (let price = 1; price <= 100; price++) for (const symbol of ['A', 'B']) quote(symbol, price)
  expect(frames).toEqual([])
  await eventually(() => expect(frames).toHaveLength(1))
  for (let price = 101; price <= 200; price++) quote('A', price)
  board.withdraw(quotes, 'nyse', 'quoted', 'B')
  await eventually(() => expect(frames).toHaveLength(2))
  expect(frames.map(prices)).toEqual([
    [
      ['A', 100],
      ['B', 100],
    ],
    [
      ['A', 200],
      ['B', undefined],
    ],
  ])
})

test('what is prepared changes nothing until it is put', () => {
  const put = board.prepare(quotes, 'nyse', 'quoted', { symbol: 'A', price: 1 })
  expect(held()).toEqual([])
  quote('A', 2)
  put()
  expect(held()).toEqual([['A', 1]])
})

test('a room is forgotten after an hour without a change, unless somebody is there', () => {
  quote('A', 1)
  const hours = (number: number) => Date.now() + number * 3_600_000
  board.forget(hours(0.9))
  expect(held()).toEqual([['A', 1]])
  present = true
  board.forget(hours(1.1))
  expect(held()).toEqual([['A', 1]])
  present = false
  board.forget(hours(1.1))
  expect(held()).toEqual([])
})

test('whoever did not hear a room for a moment gets what was withdrawn as well, for a minute', () => {
  quote('A', 1)
  quote('B', 2)
  board.withdraw(quotes, 'nyse', 'quoted', 'A')
  const repaired = [
    ['B', 2],
    ['A', undefined],
  ]
  board.forget(Date.now() + 59_000)
  expect(prices(board.repair('quotes/nyse'))).toEqual(repaired)
  board.forget(Date.now() + 61_000)
  expect(prices(board.repair('quotes/nyse'))).toEqual([['B', 2]])
  expect(board.repair('quotes/elsewhere')).toEqual([])
})

describe('several nodes', () => {
  /** Each tells the other at once, as Redis does a little later. */
  const join = (...all: LatestBoard[]) => {
    const told: SharedValues[] = []
    for (const one of all) {
      one.shareWith((shared) => {
        told.push(shared)
        for (const other of all) if (other !== one) other.merge(shared)
      })
    }
    return told
  }

  test('hear what is published here, once, at most ten times a second', async () => {
    const there = open('there')
    const told = join(board, there)
    for (let price = 1; price <= 100; price++) quote('A', price)
    await eventually(() => expect(held(there)).toEqual([['A', 100]]))
    board.withdraw(quotes, 'nyse', 'quoted', 'A')
    await eventually(() => expect(held(there)).toEqual([]))
    expect(told).toHaveLength(2)
  })

  test('a room has the pace of its contract, also where it is only heard of', async () => {
    const brisk = defineChannel({ ...quotes, name: 'brisk', pace: (room) => Number(room) })
    const there = open('there')
    const told = join(board, there)
    const begun = performance.now()
    const heard = { 2: 0, 50: 0 }
    while (performance.now() - begun < 400) {
      for (const room of ['2', '50']) board.put(brisk, room, 'quoted', { symbol: 'A', price: performance.now() })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    for (const { room } of told) heard[room === '2' ? 2 : 50]++
    expect(heard[2]).toBe(1)
    expect(heard[50]).toBeGreaterThan(4)
    expect(new Set(told.map(({ room, pace }) => `${room} ${pace}`))).toEqual(new Set(['2 2', '50 50']))
  })

  test('a clock that is behind is no reason to lose', async () => {
    const there = open('there')
    join(board, there)
    const ahead = { push: 'quoted', key: 'A', at: Date.now() + 60_000, data: { symbol: 'A', price: 1 } }
    board.merge({ channel: 'quotes', room: 'nyse', values: [{ pushed: ahead, owner: 'there' }] })
    quote('A', 2)
    expect(held()).toEqual([['A', 2]])
  })

  test('what a dead node published in a channel is withdrawn everywhere, and that alone', async () => {
    const there = open('there')
    join(board, there)
    quote('A', 1)
    quote('B', 1, there)
    await eventually(() => expect([held()?.length, held(there)?.length]).toEqual([2, 2]))
    board.dropOwner(notes, 'there')
    expect(held()).toHaveLength(2)
    board.dropOwner(quotes, 'there')
    expect(held()).toEqual([['A', 1]])
    await eventually(() => expect(held(there)).toEqual([['A', 1]]))
  })

  test('in whatever order and however often values come, all boards hold the same, and what was withdrawn stays so', () => {
    const values = fc.array(
      fc.record({
        pushed: fc.record({
          push: fc.constant('quoted'),
          key: fc.constantFrom('A', 'B', 'C'),
          at: fc.nat(5),
          data: fc.option(fc.record({ symbol: fc.constant('x'), price: fc.nat() }), { nil: undefined }),
        }),
        owner: fc.constantFrom('one', 'two'),
      }),
    )
    // One node gives each moment out once for a key.
    const unique = values.map((all) => [
      ...new Map(all.map((one) => [`${one.pushed.key} ${one.pushed.at} ${one.owner}`, one])).values(),
    ])
    const orders = unique.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
      ),
    )
    fc.assert(
      fc.property(orders, ([all, shuffled]) => {
        const [one, other] = [open('one'), open('other')]
        one.merge({ channel: 'quotes', room: 'nyse', values: all })
        for (const value of shuffled) other.merge({ channel: 'quotes', room: 'nyse', values: [value] })
        const sorted = (on: LatestBoard) =>
          on.read(quotes, 'nyse')?.sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
        expect(sorted(other)).toEqual(sorted(one))
      }),
    )
  })

  test('a value that comes after its withdrawal does not bring the key back', () => {
    quote('A', 1)
    const [value] = board.read(quotes, 'nyse') ?? []
    if (!value) throw new Error('There is no value.')
    board.withdraw(quotes, 'nyse', 'quoted', 'A')
    board.merge({ channel: 'quotes', room: 'nyse', values: [{ pushed: { ...value, key: 'A' }, owner: 'there' }] })
    expect(held()).toEqual([])
  })
})
