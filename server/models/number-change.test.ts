import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NewSeries, SeriesEdit } from '#channels/number'
import { openTestContainer } from '#server/auth/test-container'
import { addSeries, changeSeries } from './number-change'
import { reserveNumber } from './number-reserve'
import { readNumbers } from './number-room'
import { takeNumbers } from './number-series'
import { confirmNumber, giveBackNumber } from './number-settle'

let running: Awaited<ReturnType<typeof openTestContainer>>
const ada = { id: '', name: 'ada', role: 'admin' as const }
const ben = { id: '', name: 'ben', role: 'member' as const }
const year = new Date().getFullYear()

beforeAll(async () => {
  running = await openTestContainer()
  for (const person of [ada, ben]) {
    const { name, role } = person
    person.id = (await running.prisma.user.create({ data: { name, role, passwordHash: '' } })).id
  }
})
afterAll(() => running.close())
let count = 0
let series: NewSeries
beforeEach(() => {
  const key = `c${++count}-`
  series = { key: `${key}s`, title: `Series ${key}`, prefix: `${key}{year}/`, padding: 3, yearly: true, mode: 'fast' }
})

const add = (changes: Partial<NewSeries> = {}) => addSeries(ada, { ...series, ...changes })
/** From the version that is there. */
const change = async (changes: Partial<SeriesEdit>) => {
  const [{ key, ...before } = expect.fail('There is none.')] = (await readNumbers(series.key)).series
  return changeSeries(ada, key, { ...before, next: null, ...changes })
}
const reserve = () => reserveNumber(ben, series.key, { id: randomUUID() })
const refused = (code: string, path: string, words: RegExp) => ({
  code,
  details: { issues: [{ path, message: expect.stringMatching(words) }] },
})

test('a member neither adds nor changes a series', async () => {
  await expect(addSeries(ben, series)).rejects.toMatchObject({ code: 'forbidden' })
  await add()
  const edit = { ...series, version: 0 }
  await expect(changeSeries(ben, series.key, edit)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(changeSeries(ada, 'nothing', edit)).rejects.toMatchObject({ code: 'not-found' })
})

test.each([
  ['key', { key: 'Not A Key' }, /small letters/],
  ['key', { key: 'all' }, /taken/],
  ['title', { title: ' ' }, /Write something/],
  ['prefix', { prefix: 'X-' }, /needs \{year\}/],
  ['prefix', { prefix: 'X{year}' }, /run into/],
  ['prefix', { prefix: 'X{year}-7' }, /run into/],
  ['prefix', { prefix: '{day}{year}-' }, /braces/],
  ['padding', { padding: 0 }, /one digit/],
  ['padding', { padding: 10 }, /At most 9/],
] as const)('a wrong %s is refused: %o', async (path, changes, words) => {
  await expect(add(changes)).rejects.toMatchObject(refused('invalid', path, words))
  await add()
  if (path !== 'key') await expect(change(changes)).rejects.toMatchObject(refused('invalid', path, words))
})

test('a key and a prefix are one series’ own, whatever year stands in it, also when two ask at once', async () => {
  await add()
  await expect(add({ prefix: 'other{year}/' })).rejects.toMatchObject(refused('conflict', 'key', /already/))
  const other = { ...series, key: `${series.key}2` }
  await expect(addSeries(ada, other)).rejects.toMatchObject(refused('conflict', 'prefix', /^Series c\d+- have this/))
  const written = { ...other, yearly: false, prefix: series.prefix.replace('{year}', `${year}`) }
  await expect(addSeries(ada, written)).rejects.toMatchObject(refused('conflict', 'prefix', /have this/))
  const both = [3, 4].map((nth) => addSeries(ada, { ...series, key: `${series.key}${nth}`, prefix: 'both{year}/' }))
  expect((await Promise.allSettled(both)).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a prefix that a series has written numbers with stays its own, also once it writes another', async () => {
  await add()
  const { number } = await reserve()
  await change({ prefix: 'later-{year}/' })
  for (const prefix of [series.prefix, series.prefix.replace('{year}', '1999')]) {
    const other = { ...series, key: `${series.key}2`, yearly: false, prefix }
    await expect(addSeries(ada, other)).rejects.toMatchObject(refused('conflict', 'prefix', /have written/))
  }
  await expect(change({ prefix: series.prefix })).resolves.toMatchObject({ prefix: series.prefix })
  expect((await reserve()).number).not.toBe(number)
  // One that nothing was written with is free again.
  await expect(addSeries(ada, { ...series, key: `${series.key}3`, prefix: 'later-{year}/' })).resolves.toBeTruthy()
})

test('a prefix of numbers taken in blocks stays its own too, and one they were not written with is free', async () => {
  await add({ yearly: false })
  await takeNumbers(series.key, 3)
  const held = await readNumbers(series.key)
  await change({ prefix: 'second-{year}/' })
  await change({ prefix: 'third-{year}/' })
  await takeNumbers(series.key, 2)
  await change({ prefix: 'fourth-{year}/', title: 'Renamed' })
  const other = (prefix: string, nth: number) => addSeries(ada, { ...series, key: `${series.key}${nth}`, prefix })
  const taken = refused('conflict', 'prefix', /^Renamed have written numbers/)
  for (const prefix of [series.prefix, 'third-{year}/', `third-${year}/`]) {
    await expect(addSeries(ada, { ...series, yearly: false, key: `${series.key}2`, prefix })).rejects.toMatchObject(
      taken,
    )
  }
  await expect(other('second-{year}/', 3)).resolves.toBeTruthy()
  await expect(change({ prefix: 'third-{year}/' })).resolves.toBeTruthy()
  // Nobody holds or has confirmed any of them, and the next one is as it was.
  const now = await readNumbers(series.key)
  expect([now.held, now.confirmed]).toEqual([held.held, held.confirmed])
  expect(await takeNumbers(series.key, 1)).toEqual([`third-${year}/006`])
})

test('numbers taken in blocks keep their prefix also over the turn of a year, and once the series is gapless', async () => {
  await add()
  await takeNumbers(series.key, 2, new Date(year - 1, 5, 1))
  await running.prisma.numberSeries.update({ where: { key: series.key }, data: { year: year - 1 } })
  await change({ title: 'Renamed' })
  await change({ mode: 'gapless' })
  expect(await reserve()).toMatchObject({ year, value: 1 })
  await running.prisma.numberReservation.deleteMany({ where: { seriesKey: series.key, state: 'reserved' } })
  await change({ prefix: 'turned-{year}/' })
  const again = { ...series, key: `${series.key}2` }
  await expect(addSeries(ada, again)).rejects.toMatchObject(refused('conflict', 'prefix', /have written/))
})

test('a change from what is no longer there is a conflict, and changes nothing', async () => {
  await add()
  const changed = await change({ title: 'Renamed' })
  expect(changed).toMatchObject({ title: 'Renamed', version: 1 })
  await expect(change({ title: 'Again', version: 0 })).rejects.toMatchObject({ code: 'conflict' })
  expect((await readNumbers(series.key)).series).toEqual([changed])
})

test('what is written next follows prefix and padding; what was written stays', async () => {
  await add()
  const before = await reserve()
  await change({ prefix: 'New {year}-', padding: 5 })
  expect(await reserve()).toMatchObject({ value: 2, number: `New ${year}-00002` })
  expect(await confirmNumber(ben, series.key, before)).toMatchObject({ number: before.number })
})

test('a prefix that bears the year keeps it', async () => {
  await add()
  await expect(change({ yearly: false, prefix: 'plain-' })).rejects.toMatchObject(
    refused('invalid', 'prefix', /has to stay/),
  )
  await expect(change({ yearly: false, prefix: 'other-{year}-' })).resolves.toMatchObject({ yearly: false })
})

test('the way of counting waits until nothing is held', async () => {
  await add()
  const held = await reserve()
  await expect(change({ mode: 'gapless' })).rejects.toMatchObject({ code: 'conflict', message: /A number is held/ })
  await expect(change({ yearly: false })).rejects.toMatchObject({ code: 'conflict' })
  await expect(change({ title: 'Something else' })).resolves.toMatchObject({ version: 1 })
  await confirmNumber(ben, series.key, held)
  expect(await change({ mode: 'gapless' })).toMatchObject({ mode: 'gapless', version: 2 })
  await expect(takeNumbers(series.key, 1)).rejects.toMatchObject({ code: 'not-found' })
})

test('what was lost while it was fast is not handed out once it is gapless; what is free then stays so', async () => {
  await add()
  const lost = await reserve()
  await giveBackNumber(ben, series.key, lost)
  await change({ mode: 'gapless' })
  const second = await reserve()
  expect(second.value).toBe(2)
  await giveBackNumber(ben, series.key, second)
  await change({ mode: 'fast' })
  expect((await reserve()).value).toBe(3)
  await running.prisma.numberReservation.updateMany({ where: { state: 'reserved' }, data: { state: 'confirmed' } })
  await change({ mode: 'gapless' })
  expect((await reserve()).value).toBe(2)
  expect((await reserve()).value).toBe(4)
})

test('what waits to be handed out goes on when a series begins to count by year', async () => {
  await add({ mode: 'gapless', yearly: false })
  const first = await reserve()
  await giveBackNumber(ben, series.key, first)
  await running.prisma.numberReservation.update({ where: { id: first.id }, data: { year: year - 1 } })
  await change({ yearly: true })
  expect(await reserve()).toMatchObject({ year, value: 1 })
})

test('what is next is raised and never lowered, and in a gapless series neither', async () => {
  await add()
  await takeNumbers(series.key, 10)
  await expect(change({ next: 10 })).rejects.toMatchObject(refused('invalid', 'next', /11 is next/))
  await change({ next: 11 })
  await change({ next: 500 })
  expect(await takeNumbers(series.key, 1)).toEqual([series.prefix.replace('{year}', `${year}`) + 500])
  for (const mode of ['gapless', 'fast'] as const) {
    await expect(change({ mode: 'gapless', next: 600 })).rejects.toMatchObject(
      refused('invalid', 'next', /no number out/),
    )
    await change({ mode })
  }
})

test('the room of all has every series by title, and the room of one what it has come to', async () => {
  await add({ title: 'Aardvarks', mode: 'gapless' })
  const all = await readNumbers('all')
  expect(all.series[0]).toMatchObject({ title: 'Aardvarks' })
  expect(all).toMatchObject({ next: null, held: [], confirmed: [] })
  const [first, second, third] = [await reserve(), await reserve(), await reserve()]
  const confirmed = [await confirmNumber(ben, series.key, third), await confirmNumber(ben, series.key, second)]
  expect(await readNumbers(series.key)).toMatchObject({
    next: { value: 4 },
    held: [first],
    confirmed: confirmed.toReversed(),
  })
  await giveBackNumber(ben, series.key, first)
  expect(await readNumbers(series.key)).toMatchObject({ next: { year, value: 1 }, held: [] })
  expect((await readNumbers(series.key, new Date(year + 1, 0, 1))).next).toEqual({ year: year + 1, value: 1 })
})
