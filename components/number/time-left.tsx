import { LocalTime } from '#components/ui/local-time'
import { ToneMark } from '#components/ui/tone-mark'
import { clockWords } from './number-words'

/** From here on it is marked, and its holder is told, in milliseconds. */
export const soon = 15_000

/**
 * How long a number is still held, by the server's clock (`now`, undefined until that is known). A screen reader gets
 * the time of day: it would else read out every second.
 */
export function TimeLeft({ until, now }: { until: number; now: number | undefined }) {
  const at = <LocalTime at={until} form="seconds" />
  if (now === undefined) return <span className="text-ink-3">until {at}</span>
  const left = until - now
  const ending = left <= soon
  return (
    <span
      className={`inline-flex items-center gap-1.5 tabular-nums ${ending ? 'font-medium text-warn' : 'text-ink-3'}`}
    >
      {ending && <ToneMark tone="warn" />}
      <span className="sr-only">held until {at}</span>
      <span aria-hidden data-countdown>
        {left > 0 ? clockWords(left) : 'goes back'}
      </span>
    </span>
  )
}
