import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Viewers } from './viewers'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it is done at once for the first, again and again while anyone watches, and then no more', async () => {
  const work = vi.fn(async () => {})
  const viewers = new Viewers('a test', 1_000, work)
  expect(vi.getTimerCount()).toBe(0)

  const [one, two] = [viewers.enter(), viewers.enter()]
  expect(work).toHaveBeenCalledTimes(1)
  one()
  one()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(work).toHaveBeenCalledTimes(4)
  two()
  expect(vi.getTimerCount()).toBe(0)
})

test('what takes longer is not begun a second time meanwhile', async () => {
  const ends: (() => void)[] = []
  const work = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)))
  const leave = new Viewers('a test', 1_000, work).enter()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(work).toHaveBeenCalledTimes(1)
  ends[0]?.()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(work).toHaveBeenCalledTimes(2)
  leave()
  ends[1]?.()
})
