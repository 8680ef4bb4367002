import type { Seat } from '#channels/connect-four'

interface DiscProps {
  seat: Seat
  /** Lies in the row of four that won. */
  winning?: boolean
  /** Was played last. */
  last?: boolean
  className?: string
}

const looks = [
  { fill: 'fill-accent', mark: 'stroke-accent-ink' },
  { fill: 'fill-warn', mark: 'stroke-accent-ink' },
] as const

/** The first player's is round with a ring, the second's is round with a cross: told apart without their colours. */
export function Disc({ seat, winning, last, className = '' }: DiscProps) {
  const { fill, mark } = looks[seat]
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" className={`block size-full ${className}`}>
      <circle cx="20" cy="20" r="18" className={fill} />
      {seat === 0 ? (
        <circle cx="20" cy="20" r="8" fill="none" strokeWidth="3.5" className={mark} />
      ) : (
        <path
          d="M13.5 13.5 26.5 26.5M26.5 13.5 13.5 26.5"
          fill="none"
          strokeWidth="3.5"
          strokeLinecap="round"
          className={mark}
        />
      )}
      {last && !winning && (
        <circle cx="20" cy="20" r="15.5" fill="none" strokeWidth="1.75" strokeDasharray="4 3" className={mark} />
      )}
      {winning && <circle cx="20" cy="20" r="17" fill="none" strokeWidth="5" className="stroke-ink" />}
    </svg>
  )
}
