import { randomInt, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { heldMost, type NumberMode, type Reservation } from '#channels/number'
import { isRefusal } from '#server/refusal'
import { sizes } from '#server/test-sizes'
import type { Wish } from './number-admit'
import { returnExpired } from './number-expiry'
import { holdAgain } from './number-hold-again'
import { reserveNumber, reserveNumbers } from './number-reserve'
import { createSeries } from './number-series'
import { confirmNumber, giveBackNumber } from './number-settle'

type Does = 'reserve' | 'retry' | 'confirm' | 'giveBack' | 'holdAgain' | 'expire'
interface Act {
  does: Does
  who: number
  which: number
}

const act: fc.Arbitrary<Act> = fc.record(
  {
    does: fc.constantFrom<Does>('reserve', 'reserve', 'reserve', 'retry', 'confirm', 'giveBack', 'holdAgain', 'expire'),
    who: fc.nat(2),
    which: fc.nat(50),
  },
  { noNullPrototype: true },
)
const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
process.stdout.write(`numbers: SEED=${seed}\n`)

/** What a series should do, one act after the other. */
class Expected {
  readonly reservations: { id: string; who: number; value: number; state: 'reserved' | 'confirmed' | 'returned' }[] = []
  #next = 1
  #free: number[] = []

  constructor(private readonly mode: NumberMode) {}

  reserve(id: string, who: number): number | undefined {
    if (this.#heldBy(who) >= heldMost) return undefined
    const value = this.#free.shift() ?? this.#next++
    this.reservations.push({ id, who, value, state: 'reserved' })
    return value
  }

  settle(nth: number, who: number, state: 'confirmed' | 'returned'): boolean {
    const one = this.reservations[nth]
    if (one?.who !== who || (one.state !== 'reserved' && one.state !== state)) return false
    if (one.state === 'reserved' && state === 'returned') this.#release(one.value)
    one.state = state
    return true
  }

  holdAgain(nth: number, who: number): boolean {
    const one = this.reservations[nth]
    if (one?.who !== who || one.state === 'confirmed') return false
    if (one.state === 'reserved') return true
    const later = this.reservations.slice(nth + 1).some(({ value }) => value === one.value)
    if (later || this.#heldBy(who) >= heldMost) return false
    this.#free = this.#free.filter((value) => value !== one.value)
    one.state = 'reserved'
    return true
  }

  #heldBy(who: number): number {
    return this.reservations.filter((one) => one.who === who && one.state === 'reserved').length
  }

  #release(value: number): void {
    if (this.mode === 'gapless') this.#free = [...this.#free, value].sort((one, other) => one - other)
  }
}

describe.each(sizes)('$size', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let people: { id: string; name: string; role: 'member' }[]
  let count = 0

  beforeAll(async () => {
    running = await open()
    people = await Promise.all(
      ['ben', 'cleo', 'dora'].map(async (name) => {
        const { id } = await running.prisma.user.create({ data: { name, passwordHash: '' } })
        return { id, name, role: 'member' as const }
      }),
    )
  })
  afterAll(() => running.close())

  const begin = async (mode: NumberMode) => {
    const key = `p${++count}`
    await createSeries([{ key, title: key, prefix: `${key}/`, padding: 4, yearly: false, mode }])
    return key
  }
  const person = (who: number) => people[who] ?? expect.fail('There is nobody.')
  const expire = async (key: string, id: string) => {
    const past = new Date(Date.now() - 1)
    await running.prisma.numberReservation.updateMany({
      where: { id, seriesKey: key, state: 'reserved' },
      data: { until: past },
    })
    await returnExpired()
  }
  /** As each on a node of its own: not gathered with the others. */
  const reserveAlone = async (key: string, wish: Wish) => (await reserveNumbers(key, [wish]))(wish)
  /** What a call answers, or the code with which it was refused. */
  const outcome = (asked: Promise<Reservation>): Promise<Reservation | string> =>
    asked.catch((error: unknown) => {
      if (isRefusal(error)) return error.code
      throw error
    })
  const granted = (answer: Reservation | string) => typeof answer !== 'string'

  test.each(['fast', 'gapless'] as const)(
    'one after the other, a %s series does what the simple model does',
    async (mode) => {
      const property = fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (acts) => {
        const key = await begin(mode)
        const expected = new Expected(mode)
        for (const { does, who, which } of acts) {
          const nth = which % Math.max(1, expected.reservations.length)
          const before = expected.reservations[nth]
          if (does === 'reserve') {
            const id = randomUUID()
            const value = expected.reserve(id, who)
            const answer = await outcome(reserveNumber(person(who), key, { id }))
            expect(typeof answer === 'string' ? undefined : answer.value).toBe(value)
            continue
          }
          if (!before) continue
          const { id } = before
          if (does === 'retry') {
            const answer = await outcome(reserveNumber(person(before.who), key, { id }))
            if (before.state === 'returned') expect(answer).toBe('conflict')
            else expect(answer).toMatchObject({ value: before.value, state: before.state })
          } else if (does === 'expire') {
            if (before.state === 'reserved') expected.settle(nth, before.who, 'returned')
            await expire(key, id)
          } else if (does === 'holdAgain') {
            expect(granted(await outcome(holdAgain(person(who), key, { id })))).toBe(expected.holdAgain(nth, who))
          } else {
            const call = does === 'confirm' ? confirmNumber : giveBackNumber
            const allowed = expected.settle(nth, who, does === 'confirm' ? 'confirmed' : 'returned')
            expect(granted(await outcome(call(person(who), key, { id })))).toBe(allowed)
          }
        }
      })
      await fc.assert(property, { seed, numRuns: 6 })
    },
    60_000,
  )

  test.each(['fast', 'gapless'] as const)(
    'all at once, a %s series gives no number twice, nor leaves a gap if it must not',
    async (mode) => {
      const groups = fc.array(fc.array(act, { minLength: 2, maxLength: 12 }), { minLength: 2, maxLength: 5 })
      const property = fc.asyncProperty(groups, async (rounds) => {
        const key = await begin(mode)
        const ids: { id: string; who: number }[] = []
        const answered = new Map<string, number>()
        for (const round of rounds) {
          const asked = round.map(async ({ does, who, which }) => {
            const one = ids[which % Math.max(1, ids.length)]
            if (does === 'reserve' || !one) {
              const id = randomUUID()
              ids.push({ id, who })
              return outcome(reserveAlone(key, { actor: person(who), id }))
            }
            const { id } = one
            if (does === 'expire') return expire(key, id).then(() => 'expired')
            if (does === 'retry') return outcome(reserveAlone(key, { actor: person(one.who), id }))
            const call = { confirm: confirmNumber, giveBack: giveBackNumber, holdAgain }[does]
            return outcome(call(person(one.who), key, { id }))
          })
          for (const answer of await Promise.all(asked)) {
            if (typeof answer === 'string') continue
            // Whatever is asked by an id, it is about one number.
            expect(answered.get(answer.id) ?? answer.value).toBe(answer.value)
            answered.set(answer.id, answer.value)
          }
          await expectSound(key, mode)
        }
      })
      await fc.assert(property, { seed, numRuns: 12 })
    },
    60_000,
  )

  /** Confirmed, held, and given back and free: each number once, and in a gapless series all from 1 on. */
  async function expectSound(key: string, mode: NumberMode): Promise<void> {
    const rows = await running.prisma.numberReservation.findMany({ where: { seriesKey: key } })
    const { next } = await running.prisma.numberSeries.findUniqueOrThrow({ where: { key } })
    const out = rows.filter(({ state }) => state !== 'returned').map(({ value }) => value)
    expect(new Set(out).size).toBe(out.length)
    if (mode === 'fast') {
      expect(new Set(rows.map(({ value }) => value)).size).toBe(rows.length)
      return
    }
    const free = rows.filter(({ state, until }) => state === 'returned' && until.getFullYear() > 9_000)
    const all = [...out, ...free.map(({ value }) => value)].sort((one, other) => one - other)
    expect(all).toEqual(Array.from({ length: next - 1 }, (_, nth) => nth + 1))
  }
})
