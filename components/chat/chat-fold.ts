import type { ChatState, chat, Message } from '#channels/chat'
import type { UserRef } from '#channels/user'
import type { Fold } from '#components/realtime/fold'

const keep = (state: ChatState, message: Message): ChatState => ({
  ...state,
  messages: merge(state.messages, [message]),
})
const posted = (state: ChatState, message: Message): ChatState => ({
  ...keep(state, message),
  last: Math.max(state.last, message.number),
})
const come = (state: ChatState, { user }: { user: UserRef }): ChatState => ({
  ...state,
  members: [...state.members.filter(({ id }) => id !== user.id), user].sort(byName),
})
const gone = (state: ChatState, { user }: { user: UserRef }): ChatState => ({
  ...state,
  members: state.members.filter(({ id }) => id !== user.id),
})

/**
 * A room as far as it is known: its messages by number, whole runs and single ones, each in the newest version that
 * was seen of it, whichever way it came.
 */
export const chatFold: Fold<typeof chat> = {
  pushes: { posted, changed: keep, memberAdded: come, memberRemoved: gone },
  outputs: {
    post: posted,
    edit: keep,
    delete: keep,
    react: keep,
    page: (state, { messages }) => ({ ...state, messages: merge(state.messages, messages) }),
  },
}

/** Both in ascending order, and so is what comes out; the very same list where nothing is new. */
function merge(held: Message[], others: Message[]): Message[] {
  const [last] = held.slice(-1)
  const [first] = others
  if (!first) return held
  // What nearly always happens: something new at the end.
  if (!last || last.number < first.number) return [...held, ...others]
  const known = new Map(held.map((message) => [message.number, message]))
  const news = others.filter(({ number, version }) => version > (known.get(number)?.version ?? -1))
  if (news.length === 0) return held
  for (const message of news) known.set(message.number, message)
  return [...known.values()].sort((one, other) => one.number - other.number)
}

function byName(one: UserRef, other: UserRef): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0
}
