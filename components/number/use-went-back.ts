import { useCallback, useState } from 'react'
import type { Reservation } from '#channels/number'

export interface WentBack {
  reservation: Reservation
  /** Nobody gave it back: its time was over. */
  expired: boolean
}

/** How many are kept in view. */
const most = 3

/** One's own numbers that went back while the page was open, for as long as one could hold them again. */
export function useWentBack(me: string) {
  const [wentBack, setWentBack] = useState<WentBack[]>([])
  const forget = useCallback((id: string) => {
    setWentBack((all) => all.filter(({ reservation }) => reservation.id !== id))
  }, [])
  const returned = (one: WentBack) => {
    if (one.reservation.by.id !== me) return
    setWentBack((all) =>
      [one, ...all.filter(({ reservation }) => reservation.id !== one.reservation.id)].slice(0, most),
    )
  }
  /** By oneself once more, or by somebody else: there is nothing to be held again. */
  const reserved = ({ reservation: { year, value } }: { reservation: Reservation }) => {
    const same = ({ reservation: one }: WentBack) => one.year === year && one.value === value
    setWentBack((all) => (all.some(same) ? all.filter((one) => !same(one)) : all))
  }
  return { wentBack, returned, reserved, forget }
}
