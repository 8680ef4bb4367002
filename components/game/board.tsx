import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { cellOf, columns, outcomeOf, rows, type Seat, stacksOf } from '#channels/connect-four'
import { Disc } from './disc'

interface BoardProps {
  /** With one's own move on it while that is under way. */
  moves: string
  /** How many were there when the page was opened: what came later drops. */
  before: number
  /** Whose disc would fall; null when this person cannot move now. */
  dropping: Seat | null
  /** By seat: `you`, `ben`. */
  names: [string, string]
  /** Whether it begins with the focus where nothing else has it: a game one was led to goes on by the keyboard. */
  takesFocus: boolean
  onDrop: (column: number) => void
}

const levels = Array.from({ length: rows }, (_, level) => rows - 1 - level)
const ways: Record<string, (column: number) => number> = {
  ArrowLeft: (column) => Math.max(0, column - 1),
  ArrowRight: (column) => Math.min(columns - 1, column + 1),
  Home: () => 0,
  End: () => columns - 1,
}

/** As wide as it may be for its six rows, the numbers above them and its edges (50 px) to fit in the height of the page. */
const fits = 'low:w-[min(28rem,calc((100cqh-50px)*7/6+14px),60cqw)]'

/**
 * Seven buttons, one for each column, of which one is a stop of the Tab key: the arrow keys, Home and End go along
 * them, Enter, Space and the digits drop a disc. Each says what lies in it.
 */
export function Board({ moves, before, dropping, names, takesFocus, onDrop }: BoardProps) {
  const [at, setAt] = useState(3)
  const buttons = useRef<(HTMLButtonElement | null)[]>([])
  const stacks = stacksOf(moves)
  const outcome = outcomeOf(moves)
  const winning = outcome && 'cells' in outcome ? outcome.cells : []
  const last = cellOf(moves, moves.length - 1)
  const fresh = moves.length > before ? last : undefined

  useEffect(() => {
    if (takesFocus && document.activeElement === document.body) buttons.current[3]?.focus({ preventScroll: true })
  }, [takesFocus])

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const way = ways[event.key]
    const digit = /^[1-7]$/.test(event.key) ? Number(event.key) - 1 : undefined
    const column = way ? way(at) : digit
    if (column === undefined) return
    event.preventDefault()
    setAt(column)
    buttons.current[column]?.focus()
    if (digit !== undefined) onDrop(digit)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent together
    <div
      role="group"
      aria-label="Board"
      data-part="board"
      className={`grid w-full max-w-md grid-cols-7 rounded-md border border-line-strong bg-sunken p-1.5 low:sticky low:top-2 low:row-span-3 low:row-start-1 low:self-start ${fits}`}
    >
      {stacks.map((stack, column) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          key={column}
          ref={(button) => {
            buttons.current[column] = button
          }}
          type="button"
          tabIndex={column === at ? 0 : -1}
          aria-label={columnWords(column, stack, names)}
          aria-disabled={dropping === null || stack.length >= rows || undefined}
          onFocus={() => setAt(column)}
          onKeyDown={press}
          onClick={() => onDrop(column)}
          className={`group grid min-w-0 rounded-sm ${dropping === null ? '' : 'hover:bg-accent-soft'}`}
        >
          <span aria-hidden className="pb-0.5 text-center text-xs text-ink-3 tabular-nums">
            {column + 1}
          </span>
          {levels.map((row) => {
            const seat = stack[row]
            const lands = row === stack.length && dropping !== null
            return (
              <span key={row} className="block p-[7%]">
                <span className="relative block aspect-square rounded-full border border-line-strong bg-panel">
                  {seat !== undefined && (
                    <span
                      className={`absolute -inset-px transition-transform duration-150 ease-in ${
                        fresh?.column === column && fresh.row === row ? 'starting:-translate-y-[250%]' : ''
                      }`}
                    >
                      <Disc
                        seat={seat}
                        last={last?.column === column && last.row === row}
                        winning={winning.some((cell) => cell.column === column && cell.row === row)}
                      />
                    </span>
                  )}
                  {lands && (
                    <span className="absolute inset-0 opacity-0 group-hover:opacity-35 group-focus-visible:opacity-35">
                      <Disc seat={dropping} />
                    </span>
                  )}
                </span>
              </span>
            )
          })}
        </button>
      ))}
    </div>
  )
}

/** `Column 3, 4 free. From the bottom: you, ben.` */
function columnWords(column: number, stack: Seat[], names: [string, string]): string {
  const free = rows - stack.length
  const held = stack.length === 0 ? '' : ` From the bottom: ${stack.map((seat) => names[seat]).join(', ')}.`
  return `Column ${column + 1}, ${free === 0 ? 'full' : `${free} free`}.${held}`
}
