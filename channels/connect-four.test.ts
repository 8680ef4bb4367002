import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Cell,
  cellOf,
  columns,
  freeIn,
  mostMoves,
  openColumns,
  outcomeOf,
  rows,
  type Seat,
  seatOf,
  stacksOf,
} from './connect-four'

/** Every line of four on the board, counted out by hand: 24 along rows, 21 up columns, 24 on diagonals. */
const lines: Cell[][] = []
for (let column = 0; column < columns; column++) {
  for (let row = 0; row < rows; row++) {
    for (const [right, up] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [1, -1],
    ] as const) {
      const line = [0, 1, 2, 3].map((step) => ({ column: column + step * right, row: row + step * up }))
      if (line.every((cell) => cell.column < columns && cell.row >= 0 && cell.row < rows)) lines.push(line)
    }
  }
}

/** A game played by drawing one of the open columns each time, to its end. */
const games = fc.array(fc.nat(999), { minLength: mostMoves, maxLength: mostMoves }).map((draws) => {
  let moves = ''
  for (const draw of draws) {
    const open = openColumns(moves)
    if (open.length === 0) break
    moves += open[draw % open.length]
  }
  return moves
})

/** What a naive look at all lines finds. */
function winnersOf(moves: string): { seat: Seat; line: Cell[] }[] {
  const stacks = stacksOf(moves)
  return lines.flatMap((line) => {
    const [first, ...others] = line.map(({ column, row }) => stacks[column]?.[row])
    return first !== undefined && others.every((seat) => seat === first) ? [{ seat: first, line }] : []
  })
}

const keyOf = ({ column, row }: Cell) => `${column}/${row}`

test('there are 69 lines of four', () => {
  expect(lines).toHaveLength(69)
})

test('an empty board is open everywhere, and nobody has won', () => {
  expect(openColumns('')).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(outcomeOf('')).toBeNull()
  expect(cellOf('', 0)).toBeUndefined()
})

test.each([
  ['along a row', '0011223', 0, ['0/0', '1/0', '2/0', '3/0']],
  ['up a column', '0101010', 0, ['0/0', '0/1', '0/2', '0/3']],
  ['on a rising diagonal', '01122323363', 0, ['0/0', '1/1', '2/2', '3/3']],
  ['by the second player', '60011223', 1, ['0/0', '1/0', '2/0', '3/0']],
] as const)('four %s', (_, moves, winner, cells) => {
  const outcome = outcomeOf(moves)
  expect(outcome).toMatchObject({ winner })
  expect(outcome && 'cells' in outcome ? outcome.cells.map(keyOf).sort() : []).toEqual(cells)
  expect(outcomeOf(moves.slice(0, -1))).toBeNull()
})

test('a full column takes nothing more, and one there is not takes nothing', () => {
  const moves = '000000'
  expect(freeIn(moves, 0)).toBe(0)
  expect(freeIn(moves, 1)).toBe(6)
  expect([-1, 7, 0.5, Number.NaN].map((column) => freeIn(moves, column))).toEqual([0, 0, 0, 0])
  expect(openColumns(moves)).toEqual([1, 2, 3, 4, 5, 6])
})

test('whoever plays, no column is overfull, the seats take turns, and each disc lies on another or on the ground', () => {
  fc.assert(
    fc.property(games, (moves) => {
      for (let number = 0; number < moves.length; number++) {
        const cell = cellOf(moves, number)
        expect(cell && cell.row < rows).toBe(true)
        expect(seatOf(number)).toBe(number % 2)
        const stack = stacksOf(moves.slice(0, number + 1))[cell?.column ?? -1]
        expect(stack?.length).toBe((cell?.row ?? -1) + 1)
        expect(stack?.at(-1)).toBe(seatOf(number))
      }
      expect(stacksOf(moves).flat()).toHaveLength(moves.length)
    }),
    { numRuns: 200 },
  )
})

test('a win is found when, and only when, a look at all 69 lines finds one, and never before the last move', () => {
  let won = 0
  fc.assert(
    fc.property(games, (moves) => {
      for (let number = 0; number < moves.length; number++) expect(winnersOf(moves.slice(0, number))).toEqual([])
      const found = winnersOf(moves)
      const outcome = outcomeOf(moves)
      if (found.length === 0) {
        expect(moves).toHaveLength(mostMoves)
        expect(outcome).toEqual({ winner: null })
        return
      }
      won++
      expect(outcome).toMatchObject({ winner: found[0]?.seat })
      const cells = outcome && 'cells' in outcome ? outcome.cells.map(keyOf) : []
      expect([...cells].sort()).toEqual([...new Set(found.flatMap(({ line }) => line.map(keyOf)))].sort())
    }),
    { numRuns: 500 },
  )
  expect(won).toBeGreaterThan(100)
})

test('a full board without four is a draw', () => {
  // Pairs of columns, filled so that no line of four is of one player.
  const moves = '010101101010232323323232454545545454666666'
  expect(winnersOf(moves)).toEqual([])
  expect(outcomeOf(moves)).toEqual({ winner: null })
  expect(openColumns(moves)).toEqual([])
})
