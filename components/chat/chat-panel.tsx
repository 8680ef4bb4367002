'use client'

import type { MessagePage } from '#channels/chat'
import type { UserRef } from '#channels/user'
import type { FirstPaint } from '#channels/wire'
import { ErrorState } from '#components/ui/error-state'
import { Composer } from './composer'
import { MessageAnnouncer } from './message-announcer'
import { MessageLog } from './message-log'
import { type RoomLink, RoomList } from './room-list'
import { useChat } from './use-chat'

export interface ChatPanelProps {
  me: UserRef
  room: RoomLink
  rooms: RoomLink[]
  initial: FirstPaint<MessagePage>
}

/** One room of the chat. Its page gives it the room's key, so that nothing of one room shows in another. */
export function ChatPanel({ me, room, rooms, initial }: ChatPanelProps) {
  const chat = useChat(room.key, me, initial)
  return (
    <div className="flex min-h-0 flex-1 flex-col wide:flex-row-reverse">
      <RoomList rooms={rooms} current={room.key} />
      <section aria-label={room.title} data-status={chat.status} className="flex min-h-0 min-w-0 flex-1 flex-col">
        {chat.status === 'denied' ? (
          <ErrorState title="This room cannot be shown." onRetry={() => window.location.reload()}>
            {chat.refusal?.message}
          </ErrorState>
        ) : (
          <>
            <MessageLog me={me} room={room} {...chat} />
            <Composer
              title={room.title}
              status={chat.status}
              typing={chat.typing}
              onType={chat.type}
              onSend={chat.outbox.send}
            />
          </>
        )}
        <MessageAnnouncer me={me} messages={chat.messages} />
      </section>
    </div>
  )
}
