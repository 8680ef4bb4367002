import { useCallback, useState } from 'react'
import { chat, compareMessages, type Message, type MessagePage } from '#channels/chat'
import type { UserRef } from '#channels/user'
import type { FirstPaint } from '#channels/wire'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'
import { useOutbox } from './use-outbox'
import { useTyping } from './use-typing'

const add = (state: MessagePage, message: Message): MessagePage => ({
  ...state,
  messages: merge(state.messages, [message]),
})

export const chatFold: Fold<typeof chat> = {
  pushes: { posted: add },
  outputs: {
    post: add,
    history: (state, older) => ({ messages: merge(state.messages, older.messages), more: older.more }),
  },
}

/** Each message once, in reading order. */
function merge(one: Message[], other: Message[]): Message[] {
  const known = new Set(one.map(({ id }) => id))
  const fresh = other.filter(({ id }) => !known.has(id))
  return fresh.length === 0 ? one : [...one, ...fresh].sort(compareMessages)
}

/** A chat room: its messages, those of one's own on their way, who is typing, and what one can do. */
export function useChat(name: string, me: UserRef, initial: FirstPaint<MessagePage>) {
  const typing = useTyping(me)
  const { room, state, status, refusal } = useChannel(chat, name, {
    initial,
    fold: chatFold,
    onPush: { posted: ({ author }) => typing.stopped(author), typing: ({ user }) => typing.seen(user) },
  })
  const outbox = useOutbox(room, state.messages)
  const [history, setHistory] = useState<'idle' | 'loading' | 'failed'>('idle')

  const [oldest] = state.messages
  const loadOlder = useCallback(async () => {
    if (!room || !oldest) return
    setHistory('loading')
    const loaded = await room.call('history', { before: { id: oldest.id, at: oldest.at } }).then(
      () => true,
      () => false,
    )
    setHistory(loaded ? 'idle' : 'failed')
  }, [room, oldest])

  return {
    messages: state.messages,
    more: state.more,
    status,
    refusal,
    history,
    loadOlder,
    outbox,
    typing: status === 'joined' ? typing.names : [],
    type: useCallback(() => room?.hint('typing', {}), [room]),
  }
}
