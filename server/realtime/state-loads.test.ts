import { expect, test } from 'vitest'
import { StateLoads } from './state-loads'

test('one that fails gives its turn on, and whoever waited too long is refused without loading', async () => {
  const loads = new StateLoads({ atOnce: 1, waitAtMost: 0 })
  let loaded = 0
  const fail = async () => {
    throw new Error('the database is away')
  }
  const [failed, late] = await Promise.allSettled([loads.run(fail), loads.run(async () => ++loaded)])
  expect(failed).toMatchObject({ reason: { message: 'the database is away' } })
  expect(late).toMatchObject({ reason: { name: 'Refusal', code: 'unavailable' } })
  expect(loaded).toBe(0)
})

test('so many at once, in the order they asked, and the next as soon as one is done', async () => {
  const loads = new StateLoads({ atOnce: 2 })
  const begun: number[] = []
  const ends: (() => void)[] = []
  const load = (nth: number) =>
    loads.run(async () => {
      begun.push(nth)
      await new Promise<void>((resolve) => ends.push(resolve))
      return nth
    })
  const all = [1, 2, 3, 4].map(load)
  await expect.poll(() => begun).toEqual([1, 2])
  ends[1]?.()
  await expect.poll(() => begun).toEqual([1, 2, 3])
  // Whoever asks now does not get in between.
  all.push(load(5))
  for (const [index, next] of [0, 2, 3].entries()) {
    ends[next]?.()
    await expect.poll(() => begun).toEqual([1, 2, 3, 4, 5].slice(0, index + 4))
  }
  ends[4]?.()
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5])
})
