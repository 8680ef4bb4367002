import { useEffect, useState } from 'react'
import { type chat, type MessageRange, pageLength } from '#channels/chat'
import type { Room, RoomStatus } from '#components/realtime/room'

interface Wanted {
  room: Room<typeof chat> | undefined
  status: RoomStatus
  /** Whether a message is held. */
  has: (number: number) => boolean
  /** The rows in sight, and a little around them. */
  from: number
  to: number
  last: number
  /** What those in sight answer. */
  quoted: number[]
}

/** Who scrolls far passes many pages by: one is asked for when it has been wanted for so long, in milliseconds. */
const settled = 60

/** Loads what is wanted and not held, page by page, the newest first. */
export function usePages({ room, status, ...wanted }: Wanted) {
  const [failed, setFailed] = useState(false)
  const missing = status === 'joined' && !failed ? missingPage(wanted) : undefined
  const { from, to } = missing ?? {}

  useEffect(() => {
    if (!room || from === undefined || to === undefined) return
    const ask = () => room.call('page', { from, to }).catch(() => setFailed(true))
    const timer = setTimeout(() => void ask(), settled)
    return () => clearTimeout(timer)
  }, [room, from, to])

  // A line that is back is a reason to try again.
  useEffect(() => {
    if (status === 'joined') setFailed(false)
  }, [status])

  return { failed, retry: () => setFailed(false) }
}

/** Pages begin at the same numbers whoever scrolls from where, so that none is asked for twice. */
export function missingPage({
  has,
  from,
  to,
  last,
  quoted,
}: Omit<Wanted, 'room' | 'status'>): MessageRange | undefined {
  for (let number = Math.min(to, last); number >= from; number--) {
    if (has(number)) continue
    const first = number - ((number - 1) % pageLength.state)
    return { from: first, to: Math.min(first + pageLength.state - 1, last) }
  }
  const alone = quoted.find((number) => !has(number))
  return alone === undefined ? undefined : { from: alone, to: alone }
}
