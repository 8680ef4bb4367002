import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { heldMost, type NumberMode } from '#channels/number'
import { sizes } from '#server/test-sizes'
import { returnExpired } from './number-expiry'
import { holdAgain } from './number-hold-again'
import { reserveNumber, reserveNumbers } from './number-reserve'
import { createSeries, takeNumbers } from './number-series'
import { confirmNumber, giveBackNumber } from './number-settle'

const year = new Date().getFullYear()
const refused = (code: string, words: RegExp) => ({ code, message: expect.stringMatching(words) })

describe.each(sizes)('$size', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  const actors: { id: string; name: string; role: 'admin' | 'member' }[] = []
  const [ada, ben, cleo] = [0, 1, 2].map((nth) => () => {
    const actor = actors[nth]
    if (!actor) throw new Error('There is nobody yet.')
    return actor
  }) as [() => (typeof actors)[0], () => (typeof actors)[0], () => (typeof actors)[0]]

  beforeAll(async () => {
    running = await open()
    for (const [name, role] of [
      ['ada', 'admin'],
      ['ben', 'member'],
      ['cleo', 'member'],
    ] as const) {
      const { id } = await running.prisma.user.create({ data: { name, role, passwordHash: '' } })
      actors.push({ id, name, role })
    }
  })
  afterAll(() => running.close())
  let count = 0
  let key = ''
  const begin = async (mode: NumberMode, yearly = true) => {
    key = `s${++count}`
    const prefix = yearly ? `S${key}-{year}-` : `S${key}-`
    await createSeries([{ key, title: key, prefix, padding: 3, yearly, mode }])
  }
  beforeEach(() => begin('gapless'))

  const reserve = (actor = ben(), id: string = randomUUID()) => reserveNumber(actor, key, { id })
  /** As when two minutes have passed. */
  const expire = (id: string) =>
    running.prisma.numberReservation.update({ where: { id }, data: { until: new Date(Date.now() - 1) } })
  const values = async (...reserved: ReturnType<typeof reserve>[]) =>
    (await Promise.all(reserved)).map(({ value }) => value)

  test('there is no such series, or no such reservation', async () => {
    await expect(reserveNumber(ben(), 'nothing', { id: randomUUID() })).rejects.toMatchObject(
      refused('not-found', /no such series/),
    )
    const { id } = await reserve()
    const other = key
    await begin('fast')
    for (const act of [confirmNumber, giveBackNumber, holdAgain]) {
      await expect(act(ben(), key, { id })).rejects.toMatchObject(refused('not-found', /no such reservation/))
      await expect(act(ben(), other, { id: randomUUID() })).rejects.toMatchObject(
        refused('not-found', /no such reservation/),
      )
    }
  })

  test('what another holds one neither confirms, gives back nor asks for; an admin gives back', async () => {
    const { id, number } = await reserve(ben())
    for (const act of [confirmNumber, giveBackNumber, holdAgain]) {
      await expect(act(cleo(), key, { id })).rejects.toMatchObject(refused('forbidden', /^ben (holds|reserved) S/))
    }
    await expect(confirmNumber(ada(), key, { id })).rejects.toMatchObject(refused('forbidden', /^ben holds/))
    await expect(reserve(cleo(), id)).rejects.toMatchObject(refused('conflict', /this id/))
    const other = key
    await begin('gapless')
    await expect(reserve(ben(), id)).rejects.toMatchObject(refused('conflict', /this id/))
    expect(await giveBackNumber(ada(), other, { id })).toMatchObject({ number, state: 'returned', by: { name: 'ben' } })
  })

  test.each(['fast', 'gapless'] as const)('of a %s series one holds so many at most', async (mode) => {
    await begin(mode)
    const all = await Promise.allSettled(Array.from({ length: heldMost + 3 }, () => reserve()))
    const granted = all.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    expect(granted).toHaveLength(heldMost)
    expect(all.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: refused('conflict', /You hold 10/),
    })
    expect(await reserve(cleo())).toMatchObject({ value: heldMost + 1 })
    await confirmNumber(ben(), key, { id: granted[0]?.id ?? '' })
    expect(await reserve()).toMatchObject({ value: heldMost + 2 })
  })

  test.each(['fast', 'gapless'] as const)('asking a %s series again answers the same number', async (mode) => {
    await begin(mode)
    const id = randomUUID()
    const [first, again] = await Promise.all([reserve(ben(), id), reserve(ben(), id)])
    expect(first).toMatchObject({ id, value: 1, number: `S${key}-${year}-001`, state: 'reserved', by: { name: 'ben' } })
    expect(first.until - first.at).toBe(120_000)
    expect(again).toEqual(first)
    const confirmed = await confirmNumber(ben(), key, { id })
    expect(confirmed).toMatchObject({ value: 1, state: 'confirmed' })
    expect(await reserve(ben(), id)).toEqual(confirmed)
    expect(await confirmNumber(ben(), key, { id })).toEqual(confirmed)
    await expect(giveBackNumber(ben(), key, { id })).rejects.toMatchObject(refused('conflict', /001 is confirmed/))
    expect(await reserve()).toMatchObject({ value: 2 })
  })

  test('what was given back is not reserved again by the same id, and is handed out first, lowest first', async () => {
    const ids = Array.from({ length: 4 }, () => randomUUID())
    for (const id of ids) await reserve(ben(), id)
    for (const nth of [2, 0]) await giveBackNumber(ben(), key, { id: ids[nth] ?? '' })
    await expect(reserve(ben(), ids[0])).rejects.toMatchObject(refused('conflict', /001 was given back/))
    await expect(confirmNumber(ben(), key, { id: ids[0] ?? '' })).rejects.toMatchObject(
      refused('conflict', /given back/),
    )
    expect(await values(reserve(cleo()), reserve(cleo()), reserve(cleo()))).toEqual([1, 3, 5])
    await expect(holdAgain(ben(), key, { id: ids[0] ?? '' })).rejects.toMatchObject(
      refused('conflict', /Somebody else has got/),
    )
  })

  test('of a fast series what was given back goes to nobody else, and may be taken back', async () => {
    await begin('fast')
    const { id } = await reserve()
    await giveBackNumber(ben(), key, { id })
    expect(await reserve(cleo())).toMatchObject({ value: 2 })
    expect(await holdAgain(ben(), key, { id })).toMatchObject({ id, value: 1, state: 'reserved' })
    expect(await holdAgain(ben(), key, { id })).toMatchObject({ value: 1, state: 'reserved' })
  })

  test.each(['fast', 'gapless'] as const)(
    'after its time one of a %s series is not confirmed, and goes back once',
    async (mode) => {
      await begin(mode)
      const { id } = await reserve()
      await expire(id)
      await expect(confirmNumber(ben(), key, { id })).rejects.toMatchObject(
        refused('conflict', /two minutes and goes back/),
      )
      // As on two nodes at once.
      await Promise.all([returnExpired(), returnExpired()])
      const log = await running.prisma.logEntry.findMany({ where: { room: `number/${key}`, push: 'returned' } })
      expect(log.map(({ data }) => data)).toMatchObject([{ reservation: { id }, expired: true }])
      await expect(confirmNumber(ben(), key, { id })).rejects.toMatchObject(refused('conflict', /S/))
      expect(await holdAgain(ben(), key, { id })).toMatchObject({ id, value: 1, state: 'reserved' })
      expect(await confirmNumber(ben(), key, { id })).toMatchObject({ state: 'confirmed' })
    },
  )

  test('what is over is handed out again, also before any node has looked', async () => {
    const { id } = await reserve()
    await expire(id)
    expect(await reserve(cleo())).toMatchObject({ value: 1 })
    await expect(holdAgain(ben(), key, { id })).rejects.toMatchObject(refused('conflict', /Somebody else/))
  })

  test('it tells when to look next, and nothing while nothing is held', async () => {
    await running.prisma.numberReservation.deleteMany()
    expect(await returnExpired()).toBeNull()
    const { until } = await reserve()
    expect(Math.abs(((await returnExpired()) ?? 0) - until)).toBeLessThan(1_000)
  })

  test.each(['fast', 'gapless'] as const)(
    'at New Year a %s series begins with 1, and the old year keeps its numbers',
    async (mode) => {
      await begin(mode)
      const [eve, day] = [new Date(year + 1, 11, 31, 23, 59), new Date(year + 2, 0, 1)]
      const at = async (moment: Date, id: string = randomUUID()) => {
        const wish = { actor: ben(), id }
        return (await reserveNumbers(key, [wish], moment))(wish)
      }
      const [old, held] = [await at(eve), await at(eve)]
      expect(held).toMatchObject({ value: 2, number: `S${key}-${year + 1}-002` })
      expect(await at(day)).toMatchObject({ value: 1, number: `S${key}-${year + 2}-001` })
      // Given back after the year was over: it is not handed out in the new one, and its holder may take it back.
      await giveBackNumber(ben(), key, { id: old.id })
      expect(await at(day)).toMatchObject({ year: year + 2, value: 2 })
      // A node whose clock is late does not begin the old year once more.
      expect(await at(eve)).toMatchObject({ year: year + 2, value: 3 })
      expect(await confirmNumber(ben(), key, { id: held.id })).toMatchObject({ number: `S${key}-${year + 1}-002` })
      expect(await holdAgain(ben(), key, { id: old.id })).toMatchObject({ number: `S${key}-${year + 1}-001` })
    },
  )

  test('without a yearly beginning the counting goes on, and what was given back last year too', async () => {
    await begin('gapless', false)
    const wish = { actor: ben(), id: randomUUID() }
    const later = { actor: ben(), id: randomUUID() }
    const other = { actor: ben(), id: randomUUID() }
    await reserveNumbers(key, [wish])
    await giveBackNumber(ben(), key, wish)
    const answer = await reserveNumbers(key, [later, other], new Date(year + 1, 5, 1))
    expect(await answer(later)).toMatchObject({ value: 1, number: `S${key}-001` })
    expect(await answer(other)).toMatchObject({ value: 2 })
  })

  test.each(['fast', 'gapless'] as const)(
    'asked of a %s series on several nodes at once, one id has one number',
    async (mode) => {
      await begin(mode)
      const wishes = Array.from({ length: 8 }, () => ({ actor: ben(), id: randomUUID() }))
      const alone = wishes.map(() => ({ actor: cleo(), id: randomUUID() }))
      // Each node gets them in another order, with one of its own, and none waits for the others.
      const answers = await Promise.all(
        alone.map(async (own, nth) => {
          const turned = [own, ...wishes.slice(nth), ...wishes.slice(0, nth)]
          const answer = await reserveNumbers(key, turned)
          return { own: await answer(own), all: await Promise.all(wishes.map(answer)) }
        }),
      )
      for (const { all } of answers) expect(all).toEqual(answers[0]?.all)
      const given = [...(answers[0]?.all ?? []), ...answers.map(({ own }) => own)].map(({ value }) => value)
      expect(new Set(given).size).toBe(16)
      if (mode === 'gapless') expect(Math.max(...given)).toBe(16)
    },
  )

  test('blocks and held numbers of a fast series are never the same; of a gapless one nobody takes blocks', async () => {
    await expect(takeNumbers(key, 3)).rejects.toMatchObject(refused('not-found', /no such series/))
    await begin('fast')
    const [blocks, held] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, (_, nth) => takeNumbers(key, 1 + (nth % 5)))),
      Promise.all(actors.flatMap((actor) => Array.from({ length: 8 }, () => reserve(actor)))),
    ])
    const all = [...blocks.flat(), ...held.map(({ number }) => number)]
    expect(all).toHaveLength(60 + 24)
    expect(new Set(all).size).toBe(all.length)
  })
})
