/** The seat that plays first is 0, the other 1. */
export type Seat = 0 | 1

/** Counted from 0: columns from the left, rows from the bottom. */
export interface Cell {
  column: number
  row: number
}

export const columns = 7
export const rows = 6
/** How many moves fill the board. */
export const mostMoves = columns * rows

/** A game as it is stored and sent: the columns played, one digit each, first player first. */
export const movesPattern = /^[0-6]{0,42}$/

/** Whose turn it is after so many moves, and so who made the move of that number (from 0). */
export function seatOf(number: number): Seat {
  return number % 2 === 0 ? 0 : 1
}

/** The column of the move of this number (from 0); undefined when it has not been played. */
export function columnOf(moves: string, number: number): number | undefined {
  const digit = moves[number]
  return digit === undefined ? undefined : Number(digit)
}

/** The discs in each column, the lowest first. */
export function stacksOf(moves: string): Seat[][] {
  const stacks: Seat[][] = Array.from({ length: columns }, () => [])
  for (let number = 0; number < moves.length; number++) stacks[Number(moves[number])]?.push(seatOf(number))
  return stacks
}

/** How many discs this column still takes; none when there is no such column. */
export function freeIn(moves: string, column: number): number {
  const stack = stacksOf(moves)[column]
  return stack ? rows - stack.length : 0
}

/** The columns that take a disc, from the left; none when the game is decided. */
export function openColumns(moves: string): number[] {
  if (outcomeOf(moves)) return []
  return stacksOf(moves).flatMap((stack, column) => (stack.length < rows ? [column] : []))
}

/** Where the move of this number (from 0) has come to lie. */
export function cellOf(moves: string, number: number): Cell | undefined {
  const column = columnOf(moves, number)
  if (column === undefined) return undefined
  const before = moves.slice(0, number)
  return { column, row: [...before].filter((digit) => digit === String(column)).length }
}

export type Outcome = { winner: Seat; cells: Cell[] } | { winner: null }

/**
 * How a game stands: who has won, with all cells of the rows of four or more that decide it; a full board that nobody
 * has won; or null while it goes on. Whoever moved last is the only one who can have won.
 */
export function outcomeOf(moves: string): Outcome | null {
  const last = cellOf(moves, moves.length - 1)
  if (!last) return null
  const winner = seatOf(moves.length - 1)
  const stacks = stacksOf(moves)
  const owns = ({ column, row }: Cell) => stacks[column]?.[row] === winner
  const cells = directions.flatMap((direction) => {
    const line = [...walk(last, direction, -1, owns).reverse(), last, ...walk(last, direction, 1, owns)]
    return line.length >= 4 ? line : []
  })
  if (cells.length > 0) return { winner, cells: unique(cells) }
  return moves.length >= mostMoves ? { winner: null } : null
}

/** Along a row, up a column, and along both diagonals. */
const directions: Cell[] = [
  { column: 1, row: 0 },
  { column: 0, row: 1 },
  { column: 1, row: 1 },
  { column: 1, row: -1 },
]

/** The cells next to `from` in a direction, or against it, as long as they are one's own; the nearest first. */
function walk(from: Cell, by: Cell, sign: 1 | -1, owns: (cell: Cell) => boolean): Cell[] {
  const cells: Cell[] = []
  for (let step = 1; ; step++) {
    const cell = { column: from.column + sign * step * by.column, row: from.row + sign * step * by.row }
    if (!owns(cell)) return cells
    cells.push(cell)
  }
}

/** The last disc is part of each line it completes. */
function unique(cells: Cell[]): Cell[] {
  const same = (one: Cell) => (other: Cell) => one.column === other.column && one.row === other.row
  return cells.filter((cell, place) => cells.findIndex(same(cell)) === place)
}
