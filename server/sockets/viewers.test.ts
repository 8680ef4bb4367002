import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { eventually } from '#server/test-wait'
import { Viewers } from './viewers'

test('it is done at once for the first, again and again while anyone watches, and then no more', async () => {
  const work = vi.fn(async () => {})
  const viewers = new Viewers('a test', 10, work)
  await sleep(30)
  expect(work).not.toHaveBeenCalled()

  const [one, two] = [viewers.enter(), viewers.enter()]
  expect(work).toHaveBeenCalledTimes(1)
  one()
  one()
  await eventually(() => expect(work.mock.calls.length).toBeGreaterThan(3))
  two()
  const { length } = work.mock.calls
  await sleep(50)
  expect(work).toHaveBeenCalledTimes(length)
})

test('what takes longer is not begun a second time meanwhile', async () => {
  const ends: (() => void)[] = []
  const work = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)))
  const leave = new Viewers('a test', 10, work).enter()
  await sleep(50)
  expect(work).toHaveBeenCalledTimes(1)
  ends[0]?.()
  await eventually(() => expect(work).toHaveBeenCalledTimes(2))
  leave()
  ends[1]?.()
})
