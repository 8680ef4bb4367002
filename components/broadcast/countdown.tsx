import { useServerNow } from '#components/realtime/use-server-now'
import { LocalTime } from '#components/ui/local-time'

/**
 * How long it is until a moment, ticking by the server's clock. A screen reader is told the moment itself: it would
 * else read out every second of it.
 */
export function Countdown({ to }: { to: number }) {
  const now = useServerNow(true, 500)
  const at = <LocalTime at={to} />
  if (now === undefined) return <b className="font-medium">at {at}</b>
  if (now >= to) return <b className="font-medium">now</b>
  return (
    <b className="font-medium whitespace-nowrap tabular-nums">
      <span className="sr-only">at {at}</span>
      <span aria-hidden data-countdown>
        in {inWords(to - now)}
      </span>
    </b>
  )
}

function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
