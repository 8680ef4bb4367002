import type { Id } from '#channels/id'
import type {
  InboxFilter,
  InboxPlace,
  Notification,
  NotificationState,
  notifications,
  Preference,
} from '#channels/notification'
import type { Fold } from '#components/realtime/fold'

type State = NotificationState

/** A push names what is to be fetched; what it says by itself is that all up to an entry are read. */
export const notificationFold: Fold<typeof notifications> = {
  pushes: {
    notified: (state) => state,
    changed: (state) => state,
    preferred: (state) => state,
    swept: (state, { until }) => swept(state, until),
  },
  outputs: {
    read: (state, { entries, unread, preferences }) => ({ ...held(state, entries), unread, preferences }),
    page: (state, { entries }) => held(state, entries),
    mark: (state, { entries, unread }) => ({ ...held(state, entries), unread }),
    sweep: (state, { until, unread }) => ({ ...swept(state, until), unread }),
    prefer: (state, preference) => ({ ...state, preferences: preferred(state.preferences, preference) }),
  },
}

/** By id, newest first; an entry that is there already is replaced. */
function held(state: State, entries: Notification[]): State {
  const byId = new Map([...state.entries, ...entries].map((entry) => [entry.id, entry]))
  return { ...state, entries: [...byId.values()].sort(newestFirst) }
}

function swept(state: State, until: Id): State {
  const latest = state.swept && state.swept > until ? state.swept : until
  return { ...state, swept: latest, entries: state.entries.map((entry) => readUpTo(entry, until)) }
}

function readUpTo(entry: Notification, until: Id | null): Notification {
  return until === null || entry.archived || entry.id > until ? entry : { ...entry, read: true }
}

function preferred(all: Preference[], one: Preference): Preference[] {
  return all.map((preference) => (preference.kind === one.kind ? one : preference))
}

export function newestFirst(one: InboxPlace, other: InboxPlace): number {
  return other.at - one.at || (one.id < other.id ? 1 : -1)
}

const states: Record<InboxFilter['state'], (entry: Notification) => boolean> = {
  inbox: ({ archived }) => !archived,
  unread: ({ archived, read }) => !archived && !read,
  read: ({ archived, read }) => !archived && read,
  archived: ({ archived }) => archived,
}

export function matches({ state, kind }: InboxFilter, entry: Notification): boolean {
  return states[state](entry) && (kind === undefined || entry.kind === kind)
}

/**
 * The rows of a list: what the page was rendered with, and over it what has been fetched since, as far down as the
 * list has been loaded; `reach` is where its next page begins.
 */
export function rowsOf(
  state: State,
  filter: InboxFilter,
  rendered: Notification[],
  reach: InboxPlace | null,
): Notification[] {
  const entries = held({ ...state, entries: rendered.map((entry) => readUpTo(entry, state.swept)) }, state.entries)
  return entries.entries.filter((entry) => matches(filter, entry) && (!reach || newestFirst(entry, reach) <= 0))
}
