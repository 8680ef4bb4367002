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
