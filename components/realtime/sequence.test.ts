import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Pushed } from '#channels/wire'
import { Sequence } from './sequence'

const epoch = 'one'
const push = (seq: number): Pushed => ({ push: 'noted', seq, at: 0, data: seq })

function takeAll(sequence: Sequence): number[] {
  const taken: number[] = []
  for (let next = sequence.next(); next; next = sequence.next()) {
    taken.push(next.seq ?? 0)
    sequence.advance()
  }
  return taken
}

test('in whatever order and however often they come, each is taken once and in its turn', () => {
  const numbers = fc.nat(20).chain((length) => {
    const all = Array.from({ length }, (_, index) => index + 1)
    return fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all, ...all], { minLength: length * 3, maxLength: length * 3 }),
    )
  })
  fc.assert(
    fc.property(numbers, ([all, coming]) => {
      const sequence = new Sequence({ epoch, seq: 0 })
      const taken = coming.flatMap((seq) => {
        sequence.hold(push(seq))
        return takeAll(sequence)
      })
      expect(taken).toEqual(all)
      expect(sequence.hasGap).toBe(false)
    }),
  )
})

test('what is ahead of its turn is held, and what a new position covers is dropped', () => {
  const sequence = new Sequence({ epoch, seq: 0 })
  for (const seq of [3, 5]) sequence.hold(push(seq))
  expect(takeAll(sequence)).toEqual([])
  expect(sequence.hasGap).toBe(true)
  sequence.restart({ epoch, seq: 4 })
  expect(takeAll(sequence)).toEqual([5])
  expect(sequence.hasGap).toBe(false)
})

test('numbers of another epoch mean nothing', () => {
  const sequence = new Sequence({ epoch, seq: 0 })
  sequence.hold(push(2))
  sequence.restart({ epoch: 'two', seq: 1 })
  expect(sequence.hasGap).toBe(false)
})

test('what is too far ahead is not held, but known to be missing until it has come', () => {
  const sequence = new Sequence({ epoch, seq: 0 })
  for (const seq of [1_001, 1_000]) sequence.hold(push(seq))
  for (let seq = 1; seq < 1_000; seq++) sequence.hold(push(seq))
  expect(takeAll(sequence)).toHaveLength(1_000)
  expect(sequence.hasGap).toBe(true)
  sequence.hold(push(1_001))
  expect(takeAll(sequence)).toEqual([1_001])
  expect(sequence.hasGap).toBe(false)
})

test.each([
  ['of another epoch', { epoch: 'two', seq: 7 }],
  ['before the one it had', { epoch, seq: 1 }],
])('a position %s leaves nothing missing of what came before', (_, position) => {
  const sequence = new Sequence({ epoch, seq: 5 })
  for (const seq of [8, 5_000]) sequence.hold(push(seq))
  sequence.restart(position)
  expect(sequence.hasGap).toBe(false)
  expect(sequence.position).toEqual(position)
})

test('what was dropped with the line is not missing on the next', () => {
  const sequence = new Sequence({ epoch, seq: 5 })
  for (const seq of [8, 5_000]) sequence.hold(push(seq))
  sequence.drop()
  expect(sequence.hasGap).toBe(false)
})

test('what overtook the answer to the first join is kept, though before it there was no position', () => {
  const sequence = new Sequence({ epoch: '', seq: 0 })
  for (const seq of [2, 3]) sequence.hold(push(seq))
  sequence.restart({ epoch, seq: 2 })
  expect(takeAll(sequence)).toEqual([3])
})
