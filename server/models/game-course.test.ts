import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostMoves, openColumns, seatOf } from '#channels/connect-four'
import { firstMoveWithin, type Game, game, seatKeptFor } from '#channels/game'
import { dueAt, expire, finish, play, uncharge } from './game-course'

const start = 1_000_000
const person = (name: string) => ({ id: randomUUID(), name })
const [ada, ben] = [person('ada'), person('ben')]
const begun: Game = game.parse({
  ...{ id: randomUUID(), version: 1, state: 'playing', challenger: ada, invited: ben, moves: '' },
  seats: [ada, ben].map((user) => ({ user, left: 60_000, awaySince: null })),
  ...{ budget: 60_000, increment: 2_000, turnSince: start, startedAt: start, endedAt: null },
  ...{ drawOfferedBy: null, rematchBy: null, rematch: null, winner: null, ending: null },
})
const at = (seat: 0 | 1, awaySince: number | null, of: Game): Game => ({
  ...of,
  seats: of.seats.map((one, number) => (number === seat ? { ...one, awaySince } : one)),
})
/** Plays these columns, each after so many milliseconds. */
const playOn = (of: Game, moves: string, each = 1_000): Game =>
  [...moves].reduce((before, digit) => {
    const number = before.moves.length
    return play(before, seatOf(number), { column: Number(digit), number }, (before.turnSince ?? 0) + each)
  }, of)
const lefts = ({ seats }: Game) => seats.map(({ left }) => left)

describe('the clock', () => {
  test('stands until both have moved, and has a minute for each first move', () => {
    expect(dueAt(begun)).toBe(start + firstMoveWithin)
    const opened = playOn(begun, '33', 50_000)
    expect(lefts(opened)).toEqual([60_000, 60_000])
    expect(dueAt(opened)).toBe(start + 100_000 + 60_000)
  })

  test('runs for who has to move, and a move adds to it', () => {
    expect(lefts(playOn(begun, '3344', 5_000))).toEqual([57_000, 57_000])
  })

  test('whose time is up has lost at that moment; a move then comes too late', () => {
    const turn = playOn(begun, '33')
    const due = dueAt(turn) ?? 0
    expect(expire(turn, due - 1)).toBe(turn)
    const over = expire(turn, due + 5_000)
    expect(over).toMatchObject({ state: 'over', ending: 'time', winner: 1, endedAt: due, turnSince: null })
    expect(lefts(over)).toEqual([0, 60_000])
    expect(dueAt(over)).toBeNull()
  })

  test('a game in which not both have moved is called off, and counts for nobody', () => {
    for (const moves of ['', '3'])
      expect(expire(playOn(begun, moves), start + 10 * 60_000)).toMatchObject({ ending: 'withdrawn', winner: null })
  })

  test('the time of a server that was away is on nobody’s clock', () => {
    const turn = at(0, start + 3_000, playOn(begun, '33'))
    const away = start + 5_000
    const resumed = uncharge(turn, away, away + 600_000)
    expect(resumed.turnSince).toBe((turn.turnSince ?? 0) + 600_000)
    expect(resumed.seats[0]?.awaySince).toBe(start + 603_000)
    // What began after it was last seen begins now.
    expect(uncharge(turn, start, start + 900_000).turnSince).toBe(start + 900_000)
  })
})

describe('a seat', () => {
  const turn = playOn(begun, '33')
  const slow: Game = { ...turn, seats: turn.seats.map((seat) => ({ ...seat, left: 900_000 })) }
  const gone = start + 4_000
  test('is kept for a minute, and lost then', () => {
    const away = at(1, gone, slow)
    expect(expire(away, gone + seatKeptFor - 1)).toBe(away)
    const over = expire(away, gone + seatKeptFor)
    expect(over).toMatchObject({ ending: 'left', winner: 0, endedAt: gone + seatKeptFor })
    expect(over.seats[1]?.awaySince).toBeNull()
  })

  test('is no longer of account when the clock has run out before', () => {
    expect(expire(at(1, gone, turn), gone + 10 * seatKeptFor)).toMatchObject({ ending: 'time', winner: 1 })
  })

  test('lost by both at once, is lost by nobody', () => {
    const both = at(0, gone, at(1, gone, slow))
    expect(expire(both, gone + seatKeptFor)).toMatchObject({ state: 'over', ending: 'left', winner: null })
  })
})

test('an offered draw stands through the move of who offers it, and lapses by the other’s', () => {
  const offered: Game = { ...playOn(begun, '33'), drawOfferedBy: 0 }
  const moved = playOn(offered, '4')
  expect(moved.drawOfferedBy).toBe(0)
  expect(playOn(moved, '4').drawOfferedBy).toBeNull()
  expect(finish(moved, 'agreed', null, start + 9_000)).toMatchObject({ drawOfferedBy: null, winner: null })
})

test('whatever is played and however slowly, a refused move changes nothing, and a clock never shows less than nothing', () => {
  const step = fc.record({
    column: fc.integer({ min: -2, max: 9 }),
    number: fc.nat(mostMoves),
    seat: fc.nat(1),
    wait: fc.nat(20_000),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      let now = begun
      let clock = start
      for (const { column, number, seat, wait } of steps) {
        clock += wait
        const before = structuredClone(now)
        now = expire(now, clock)
        if (now.state === 'over') break
        const legal = openColumns(now.moves).includes(column) && number === now.moves.length && seat === number % 2
        try {
          now = play(now, seat === 0 ? 0 : 1, { column, number }, clock)
          expect(legal).toBe(true)
          expect(now.moves).toBe(`${before.moves}${column}`)
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' })
          expect(legal).toBe(false)
          expect(now).toEqual(before)
        }
        for (const left of lefts(now)) expect(left).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 300 },
  )
})
