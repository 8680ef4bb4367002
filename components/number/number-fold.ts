import {
  byTitle,
  isAfter,
  type NumberState,
  type numbers,
  type Place,
  type Reservation,
  recentLength,
} from '#channels/number'
import type { Fold } from '#components/realtime/fold'

export const numberFold: Fold<typeof numbers> = {
  pushes: {
    reserved: (state, { reservation, next }) => ({
      ...state,
      // What is confirmed already stays so: the state that was loaded may be ahead of the pushes.
      held: state.confirmed.some(isSame(reservation))
        ? state.held
        : [...without(state.held, reservation), reservation].sort(lowestFirst),
      next: nextOf(state, next),
    }),
    confirmed: (state, reservation) => ({
      ...state,
      held: without(state.held, reservation),
      confirmed: [...without(state.confirmed, reservation), reservation].sort(latestFirst).slice(0, recentLength),
    }),
    returned: (state, { reservation, next }) => ({
      ...state,
      held: without(state.held, reservation),
      next: nextOf(state, next),
    }),
    changed: (state, { series, next }) => ({
      ...state,
      series: [...state.series.filter(({ key }) => key !== series.key), series].sort(byTitle),
      next: state.next && nextOf({ ...state, series: [series] }, next),
    }),
  },
}

/**
 * In a gapless series the last word counts, since what comes back makes it go down; there all who change it do so in
 * turn. A fast one only goes up, and of two who took numbers at once the first may speak last.
 */
function nextOf({ series, next: known }: NumberState, next: Place): Place {
  const fast = series[0]?.mode === 'fast'
  return known && fast && isAfter(known, next) ? known : next
}

function without(all: Reservation[], { id }: Reservation): Reservation[] {
  return all.filter((one) => one.id !== id)
}

const isSame =
  ({ id }: Reservation) =>
  (other: Reservation) =>
    other.id === id

function lowestFirst(one: Reservation, other: Reservation): number {
  return one.year - other.year || one.value - other.value
}

function latestFirst(one: Reservation, other: Reservation): number {
  return (other.settledAt ?? 0) - (one.settledAt ?? 0) || (one.id < other.id ? 1 : -1)
}
