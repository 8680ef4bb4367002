import type { Reservation } from '#channels/number'
import { soon } from './time-left'
import type { WentBack } from './use-went-back'

interface NumberAnnouncerProps {
  me: string
  own: Reservation[]
  wentBack: WentBack[]
  confirmed: Reservation[]
  now: number | undefined
}

/**
 * Tells who does not see it what becomes of one's own numbers: each thing once, for a screen reader reads what is
 * added here, and no words change from second to second.
 */
export function NumberAnnouncer({ me, own, wentBack, confirmed, now }: NumberAnnouncerProps) {
  const ending = own.filter(({ until }) => now !== undefined && until - now <= soon)
  const last = confirmed.filter(({ by }) => by.id === me).slice(0, 1)
  return (
    <div aria-live="polite" className="sr-only">
      {own.map(({ id, number }) => (
        <p key={`held ${id}`}>{number} is yours for two minutes.</p>
      ))}
      {ending.map(({ id, number }) => (
        <p key={`ending ${id}`}>{number} goes back in 15 seconds. Confirm it to keep it.</p>
      ))}
      {wentBack.map(({ reservation: { id, number }, expired }) => (
        <p key={`back ${id}`}>
          {expired ? `${number} went back: its two minutes were over.` : `${number} was given back.`}
        </p>
      ))}
      {last.map(({ id, number }) => (
        <p key={`confirmed ${id}`}>{number} is confirmed.</p>
      ))}
    </div>
  )
}
