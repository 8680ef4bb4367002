import { seatOf } from '#channels/connect-four'
import { Disc } from './disc'

/** Every move as it was played, first player first. */
export function MoveList({ moves, names }: { moves: string; names: [string, string] }) {
  if (moves === '') return <p className="text-sm text-ink-3">No move has been played yet.</p>
  const played = [...moves].map((digit, number) => ({ number, seat: seatOf(number), column: Number(digit) + 1 }))
  return (
    <ol aria-label="Moves" className="flex flex-wrap gap-1.5 text-sm tabular-nums">
      {played.map(({ number, seat, column }) => (
        <li
          key={number}
          className="inline-flex h-7 items-center gap-1.5 rounded-sm border border-line bg-sunken px-1.5"
        >
          <span className="size-3.5">
            <Disc seat={seat} />
          </span>
          <span className="sr-only">{names[seat]}, column </span>
          {column}
        </li>
      ))}
    </ol>
  )
}
