import { useCallback, useMemo } from 'react'
import { type ChatState, chat, type Message } from '#channels/chat'
import type { CallInput, CallName, CallOutput } from '#channels/contract'
import type { UserRef } from '#channels/user'
import type { FirstPaint } from '#channels/wire'
import { useChannel } from '#components/realtime/use-channel'
import { chatFold } from './chat-fold'
import { useOutbox } from './use-outbox'
import { useTyping } from './use-typing'

/** A call of the room, whose answer is folded into its state. */
export type AskChat = <N extends CallName<typeof chat>>(
  name: N,
  input: CallInput<typeof chat, N>,
) => Promise<CallOutput<typeof chat, N>>

/** A chat room: its messages by number, those of one's own on their way, who is in it and who is typing, and what one can do. */
export function useChat(name: string, me: UserRef, initial: FirstPaint<ChatState>) {
  const typing = useTyping(me)
  const { room, state, status, refusal } = useChannel(chat, name, {
    initial,
    fold: chatFold,
    onPush: { posted: ({ author }) => typing.stopped(author), typing: ({ user }) => typing.seen(user) },
  })
  const { messages, last, members } = state
  const byNumber = useMemo(() => new Map<number, Message>(messages.map((one) => [one.number, one])), [messages])

  const ask = useCallback<AskChat>(
    async (call, input) => {
      if (!room) throw new Error('The page has not come alive.')
      return room.call(call, input)
    },
    [room],
  )

  return {
    channel: room,
    room: state.room,
    members,
    messages,
    byNumber,
    last,
    status,
    refusal,
    ask,
    outbox: useOutbox(room, messages),
    typing: status === 'joined' ? typing.names : [],
    type: useCallback(() => room?.hint('typing', {}), [room]),
  }
}

export type Chat = ReturnType<typeof useChat>
