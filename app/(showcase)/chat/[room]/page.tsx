import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { proves } from '#components/catalog'
import { ChatPanel } from '#components/chat/chat-panel'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { findChatRoom, listChatRooms } from '#server/models/chat-room'
import { openChat } from '#server/models/message'

export const metadata: Metadata = { title: 'Chat' }

export default async function ChatRoomPage({ params }: PageProps<'/chat/[room]'>) {
  const { user } = await requireSession()
  const room = await findChatRoom((await params).room)
  if (!room) notFound()
  const [rooms, initial] = await Promise.all([listChatRooms(), openChat(room.key)])
  return (
    <>
      <PageHeader title={`# ${room.title}`} proves={proves('chat')} />
      <ChatPanel key={room.key} me={user} room={room} rooms={rooms} initial={initial} />
    </>
  )
}
