'use client'

import { useState } from 'react'
import type { ChatState } from '#channels/chat'
import type { FirstPaint } from '#channels/wire'
import { serverNow } from '#components/realtime/use-server-now'
import { useRoomList } from '#components/rooms/rooms-provider'
import { Composer } from './composer'
import { DeleteDialog } from './delete-dialog'
import { MessageAnnouncer } from './message-announcer'
import { MessageLog } from './message-log'
import { lastOwn, type Me } from './message-rights'
import { RoomBar } from './room-bar'
import { RoomGone } from './room-gone'
import { nameOf } from './room-name'
import { useActs } from './use-acts'
import { useChat } from './use-chat'
import { useLinkedMessage } from './use-linked-message'
import { useReadMarker } from './use-read-marker'
import { useWriting } from './use-writing'

export interface ChatPanelProps {
  me: Me
  initial: FirstPaint<ChatState>
}

/** One room of the chat. Its page gives it the room's key, so that nothing of one room shows in another. */
export function ChatPanel({ me, initial }: ChatPanelProps) {
  const { key, kind } = initial.state.room
  const chat = useChat(key, me, initial)
  const rooms = useRoomList()
  const name = nameOf(chat, me)
  const gone = chat.status === 'denied'

  const writing = useWriting({
    userId: me.id,
    room: key,
    onSend: chat.outbox.send,
    onEdit: (id, body) => chat.ask('edit', { id, body }),
  })
  const { acts, deleting, endDeleting, wanted } = useActs(chat.ask, writing)
  useLinkedMessage(acts.onJump)

  const [reading, setReading] = useState(false)
  const read = rooms.entries.find((room) => room.key === key)?.read ?? 0
  const ready = reading && rooms.status === 'joined'
  useReadMarker({ room: key, read, last: chat.last, reading: ready, onRead: rooms.read })

  function editLast() {
    const message = lastOwn(me, chat.messages, serverNow())
    if (message) writing.edit(message)
  }

  return (
    <section aria-label={name} data-status={chat.status} className="flex min-h-0 min-w-0 flex-1 flex-col">
      {!gone && <RoomBar me={me} {...chat} />}
      {gone ? (
        <RoomGone name={name} direct={kind === 'direct'} refusal={chat.refusal} />
      ) : (
        <>
          <MessageLog me={me} chat={chat} name={name} read={read} acts={acts} wanted={wanted} onReading={setReading} />
          <Composer
            title={name}
            status={chat.status}
            typing={chat.typing}
            writing={writing}
            members={kind === 'public' ? undefined : chat.members.filter(({ id }) => id !== me.id)}
            onType={chat.type}
            onEditLast={editLast}
          />
          <MessageAnnouncer me={me} messages={chat.messages} />
        </>
      )}
      {deleting && (
        <DeleteDialog message={deleting} onDelete={(id) => chat.ask('delete', { id })} onClose={endDeleting} />
      )}
    </section>
  )
}
