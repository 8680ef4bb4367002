import { expect, test } from 'vitest'
import { Gather } from './gather'

/** Work that ends when the test says so, with what it was given. */
function held() {
  const begun: { asks: number[]; end: (error?: Error) => void }[] = []
  const work = (asks: number[]) =>
    new Promise<(ask: number) => number>((resolve, reject) => {
      const end = (error?: Error) => (error ? reject(error) : resolve((ask) => ask * 10))
      begun.push({ asks, end })
    })
  const beginning = (count: number) => expect.poll(() => begun.length).toBe(count)
  return { begun, work, beginning }
}

test('work that fails fails all it was asked for, and nobody who asked later', async () => {
  const { begun, work, beginning } = held()
  const gather = new Gather(work)
  const first = Promise.allSettled([gather.ask(1), gather.ask(2)])
  await beginning(1)
  const later = gather.ask(3)
  begun[0]?.end(new Error('the database is away'))
  expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await beginning(2)
  begun[1]?.end()
  expect(await later).toBe(30)
})

test('an answer that rejects does so for its ask alone', async () => {
  const gather = new Gather<number, number>(async () => (ask) => (ask < 0 ? Promise.reject(new Error('no')) : ask))
  const outcomes = await Promise.allSettled([1, -2, 3].map((ask) => gather.ask(ask)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('what is asked while work is under way is never answered by it, and all together by the next', async () => {
  const { begun, work, beginning } = held()
  const gather = new Gather(work)
  const first = gather.ask(1)
  await beginning(1)
  const others = Promise.all([2, 3, 4].map((ask) => gather.ask(ask)))
  begun[0]?.end()
  expect(await first).toBe(10)
  await beginning(2)
  begun[1]?.end()
  expect(await others).toEqual([20, 30, 40])
  expect(begun.map(({ asks }) => asks)).toEqual([[1], [2, 3, 4]])
})

test('a thousand at once cost as few pieces of work as their length allows, in the order they were asked', async () => {
  const asked: number[][] = []
  const gather = new Gather<number, number>(async (asks) => {
    asked.push(asks)
    return (ask) => ask
  }, 400)
  const all = Array.from({ length: 1_000 }, (_, index) => index)
  expect(await Promise.all(all.map((ask) => gather.ask(ask)))).toEqual(all)
  expect(asked.map(({ length }) => length)).toEqual([400, 400, 200])
  expect(asked.flat()).toEqual(all)
})
