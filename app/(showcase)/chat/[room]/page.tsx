import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { chat } from '#channels/chat'
import { presenceRoom } from '#channels/presence'
import { proves } from '#components/catalog'
import { ChatPanel } from '#components/chat/chat-panel'
import { HereNow } from '#components/presence/here-now'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { findChatRoom, listChatRooms } from '#server/models/chat-room'
import { openChat } from '#server/models/message'
import { openPresence } from '#server/realtime/presence'

export const metadata: Metadata = { title: 'Chat' }

export default async function ChatRoomPage({ params }: PageProps<'/chat/[room]'>) {
  const { user } = await requireSession()
  const room = await findChatRoom((await params).room)
  if (!room) notFound()
  const here = presenceRoom(chat, room.key)
  const [rooms, initial, present] = await Promise.all([listChatRooms(), openChat(room.key), openPresence(here)])
  const who = <HereNow key={here} room={here} me={user} initial={present} parts={{ composer: 'at the message box' }} />
  return (
    <>
      <PageHeader title={`# ${room.title}`} proves={proves('chat')} actions={who} />
      <ChatPanel key={room.key} me={user} room={room} rooms={rooms} initial={initial} />
    </>
  )
}
