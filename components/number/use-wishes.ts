import { useEffect, useSyncExternalStore } from 'react'
import type { numbers, Reservation } from '#channels/number'
import type { Room } from '#components/realtime/room'
import { type Wish, wishesOf } from './wishes'

const none: Wish[] = []
const never = () => () => {}

/**
 * What one has asked for and is not yet among what is held. Whatever answers a wish takes it out: the answer to the
 * call, or the reservation coming as a push, which after a cut may be all there is.
 */
export function useWishes(room: Room<typeof numbers> | undefined, held: Reservation[]) {
  const wishes = room && wishesOf(room)
  const entries = useSyncExternalStore(
    wishes?.subscribe ?? never,
    () => wishes?.entries ?? none,
    () => none,
  )
  useEffect(() => {
    for (const { id } of held) wishes?.remove(id)
  }, [held, wishes])
  return {
    wishes: entries.filter(({ id }) => !held.some((one) => one.id === id)),
    reserve: () => room && wishes?.add(room),
    forget: (id: string) => wishes?.remove(id),
  }
}
