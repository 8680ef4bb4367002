import type { ChatState } from '#channels/chat'
import type { FirstPaint } from '#channels/wire'

/** For tests: a room of which nothing is known, from a position that means nothing: the join brings its state. */
export function emptyChat(key: string): FirstPaint<ChatState> {
  const room = { key, kind: 'public' as const, title: key, topic: '', owner: null }
  return { state: { room, members: [], messages: [], last: 0 }, position: { epoch: '', seq: 0 } }
}
