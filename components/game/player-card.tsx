import { WifiOff } from 'lucide-react'
import { type Seat, seatOf } from '#channels/connect-four'
import type { Game } from '#channels/game'
import { Badge } from '#components/ui/badge'
import { Disc } from './disc'
import { clockFace } from './game-words'
import { useClock } from './use-clock'

/** Below this a clock is short, in milliseconds. */
const short = 30_000

/** One player: their disc, name and clock, and whether they are here. */
export function PlayerCard({ game, seat, me }: { game: Game; seat: Seat; me: Seat | null }) {
  const { left, running, firstMove, kept } = useClock(game, seat)
  const player = game.seats[seat]
  if (!player) return null
  const { name } = player.user
  const moving = game.state === 'playing' && seatOf(game.moves.length) === seat
  const isShort = running && left < short
  const standing = moving ? 'To move' : seat === 0 ? 'Plays first' : 'Plays second'
  return (
    <section
      aria-label={seat === me ? `${name}, you` : name}
      data-moving={moving || undefined}
      className={`flex min-h-14 w-full max-w-md items-center gap-3 rounded-md border px-3 py-2 low:col-start-2 low:min-h-12 low:max-w-none low:py-1 ${moving ? 'border-accent bg-accent-soft' : 'border-line bg-panel'}`}
    >
      <span className="size-7 shrink-0">
        <Disc seat={seat} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {seat === me && <span className="text-xs text-ink-2">you</span>}
          {game.winner === seat && <Badge tone="ok">won</Badge>}
        </p>
        <p className="text-xs text-ink-2 tabular-nums">
          {kept !== null ? (
            <span className="flex items-center gap-1.5 text-warn">
              <WifiOff aria-hidden className="size-3.5 shrink-0" />
              <span>
                Away. Seat kept for <span data-kept>{Math.ceil(kept / 1_000)} s</span>
              </span>
            </span>
          ) : firstMove !== null ? (
            `First move within ${Math.ceil(firstMove / 1_000)} s`
          ) : (
            standing
          )}
        </p>
      </div>
      <span
        role="timer"
        aria-label={`Clock of ${name}`}
        className={`rounded-sm px-2 py-1 font-mono text-lg tabular-nums ${isShort ? 'bg-danger-soft font-semibold text-danger' : running ? 'text-ink' : 'text-ink-2'}`}
      >
        {clockFace(left)}
      </span>
    </section>
  )
}
