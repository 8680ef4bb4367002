import type { Broadcast, BroadcastState, broadcasts, Entry } from '#channels/broadcast'
import type { Fold } from '#components/realtime/fold'

export const broadcastFold: Fold<typeof broadcasts> = {
  pushes: {
    announced: put,
    edited: put,
    withdrawn: (state, { id }) => ({ ...state, standing: state.standing.filter((one) => one.id !== id) }),
    dismissed: finish,
    acknowledged: finish,
    kept: (state, entry) => ({ ...state, history: [...state.history.filter(isNot(entry)), entry].sort(newestFirst) }),
  },
  outputs: { dismiss: finish, acknowledge: finish },
}

/** The newest version of each, in the order in which they began. */
function put(state: BroadcastState, broadcast: Broadcast): BroadcastState {
  const known = state.standing.find(({ id }) => id === broadcast.id)
  if (known && known.version >= broadcast.version) return state
  return { ...state, standing: [...state.standing.filter(isNot(broadcast)), broadcast].sort(oldestFirst) }
}

function finish(state: BroadcastState, { id }: { id: string }): BroadcastState {
  return state.done.includes(id) ? state : { ...state, done: [...state.done, id] }
}

const isNot =
  ({ id }: { id: string }) =>
  (other: { id: string }) =>
    other.id !== id

function oldestFirst(a: Broadcast, b: Broadcast): number {
  return a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1)
}

function newestFirst(a: Entry, b: Entry): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1)
}
