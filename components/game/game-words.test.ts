import { expect, test } from 'vitest'
import type { Seat } from '#channels/connect-four'
import { type Game, game } from '#channels/game'
import { clockFace, newsOf, openingOf, resultOf, standOf, timeName, timeWords } from './game-words'

const [ada, ben] = ['ada', 'ben'].map((name) => ({ id: crypto.randomUUID(), name }))
const playing: Game = game.parse({
  ...{ id: crypto.randomUUID(), version: 1, state: 'playing', challenger: ada, invited: null, moves: '33' },
  seats: [ada, ben].map((user) => ({ user, left: 60_000, awaySince: null })),
  ...{ budget: 60_000, increment: 0, turnSince: 0, startedAt: 0, endedAt: null },
  ...{ drawOfferedBy: null, rematchBy: null, rematch: null, winner: null, ending: null },
})
const over = (ending: Game['ending'], winner: Seat | null): Game => ({ ...playing, state: 'over', ending, winner })

test.each<[Game['ending'], Seat | null, Seat | null, string]>([
  ['four', 0, 0, 'You won: four in a row.'],
  ['four', 0, 1, 'Ada won: four in a row.'],
  ['time', 1, 0, 'Ben won: your time was up.'],
  ['time', 1, null, 'Ben won: ada’s time was up.'],
  ['resigned', 0, 1, 'Ada won: you resigned.'],
  ['left', 0, 0, 'You won: ben left.'],
  ['left', null, 0, 'Called off: both players left.'],
  ['full', null, 0, 'Drawn: the board is full.'],
  ['agreed', null, 0, 'Drawn by agreement.'],
  ['withdrawn', null, 0, 'Called off: it had not begun, and counts for nobody.'],
])('%s, won by %s, as %s sees it', (ending, winner, me, words) => {
  expect(resultOf(over(ending, winner), me)).toBe(words)
})

test('tells whose turn it is', () => {
  expect([0, 1, null].map((me) => standOf(playing, me === 0 || me === 1 ? me : null))).toEqual([
    'Your turn.',
    'Ada to move.',
    'Ada to move.',
  ])
})

test('tells who plays, and how it stands, once somebody has come', () => {
  expect(openingOf(playing, 0)).toBe('You play against ben. Your turn.')
  expect(openingOf({ ...playing, moves: '' }, 0)).toBe(
    'You play against ben. Your turn. Make your first move within a minute.',
  )
  expect(openingOf({ ...playing, moves: '' }, 1)).toBe('You play against ada. Ada to move.')
  expect(openingOf(playing, null)).toBe('Ada plays against ben. Ada to move.')
  expect(openingOf(over('four', 0), 1)).toBe('You play against ada. Ada won: four in a row.')
  expect(openingOf({ ...playing, state: 'open', seats: [] }, null)).toBe('Nobody has taken this challenge yet.')
})

test('tells what has changed, and nothing when nothing has', () => {
  expect(newsOf(playing, { ...playing, version: 2 }, 0)).toBe('')
  expect(newsOf(playing, { ...playing, moves: '330' }, 1)).toBe('Ada plays column 1. Your turn.')
  expect(newsOf(playing, { ...playing, moves: '3301' }, null)).toBe(
    'Ada plays column 1. Ben plays column 2. Ada to move.',
  )
  expect(newsOf(playing, { ...playing, drawOfferedBy: 1 }, 0)).toBe('Ben offers a draw.')
  expect(newsOf({ ...playing, drawOfferedBy: 1 }, playing, 1)).toBe('The draw was declined.')
  const away = { ...playing, seats: playing.seats.map((seat, nth) => (nth === 1 ? { ...seat, awaySince: 5 } : seat)) }
  expect(newsOf(playing, away, 0)).toBe('Ben is away. The seat is kept for 60 seconds.')
  expect(newsOf(away, playing, 0)).toBe('Ben is back.')
  expect(newsOf(away, playing, 1)).toBe('')
  expect(newsOf(playing, over('resigned', 0), 0)).toBe('You won: ben resigned.')
  expect(newsOf(over('four', 0), { ...over('four', 0), rematchBy: 1 }, 0)).toBe('Ben asks for a rematch.')
})

test('a clock shows whole seconds, and tenths of the last ten', () => {
  expect([125_000, 59_001, 10_000, 9_999, 50, -20].map(clockFace)).toEqual([
    '2:05',
    '1:00',
    '0:10',
    '9.9',
    '0.0',
    '0.0',
  ])
})

test('a time control in short and in words', () => {
  expect(timeName({ budget: 180_000, increment: 2_000 })).toBe('3 + 2')
  expect(timeWords({ budget: 60_000, increment: 0 })).toBe('1 minute each')
  expect(timeWords({ budget: 600_000, increment: 5_000 })).toBe('10 minutes each, and 5 seconds more with each move')
})
