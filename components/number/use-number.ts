import { isAfter, type NumberState, numbers, seriesRoom } from '#channels/number'
import type { UserRef } from '#channels/user'
import type { FirstPaint } from '#channels/wire'
import { useChannel } from '#components/realtime/use-channel'
import { numberFold } from './number-fold'
import { useWentBack } from './use-went-back'
import { useWishes } from './use-wishes'

/** Every series there is. */
export function useSeries(initial: FirstPaint<NumberState>) {
  const { state, room, status } = useChannel(numbers, seriesRoom, { initial, fold: numberFold })
  return { all: state.series, room, status }
}

/** One series: what is next, who holds what, what was confirmed last, and what one can do. */
export function useNumber(me: UserRef, key: string, initial: FirstPaint<NumberState>) {
  const { wentBack, returned, reserved, forget: forgetBack } = useWentBack(me.id)
  const { state, latest, room, status, refusal } = useChannel(numbers, key, {
    initial,
    fold: numberFold,
    onPush: { returned, reserved },
  })
  const { wishes, reserve, forget: forgetWish } = useWishes(room, state.held)
  const [series] = state.series
  // Blocks of a fast series are taken past the log, at any time.
  const taken = series?.mode === 'fast' ? latest.taken.next : undefined
  const next = state.next && taken && isAfter(taken, state.next) ? taken : state.next
  return {
    series,
    next,
    held: state.held,
    own: state.held.filter(({ by }) => by.id === me.id),
    others: state.held.filter(({ by }) => by.id !== me.id),
    confirmed: state.confirmed,
    wentBack,
    forgetBack,
    wishes,
    reserve,
    forgetWish,
    room,
    status,
    refusal,
  }
}

export type NumberRoom = ReturnType<typeof useNumber>['room']
