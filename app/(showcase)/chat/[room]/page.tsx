import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { chat } from '#channels/chat'
import { presenceRoom } from '#channels/presence'
import { proves } from '#components/catalog'
import { ChatPanel } from '#components/chat/chat-panel'
import { RoomTitle } from '#components/chat/room-title'
import { HereNow } from '#components/presence/here-now'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { findChatRoom } from '#server/models/chat-room'
import { openChat } from '#server/models/message'
import { openPresence } from '#server/realtime/presence'

export const metadata: Metadata = { title: 'Chat' }

export default async function ChatRoomPage({ params }: PageProps<'/chat/[room]'>) {
  const { user } = await requireSession()
  const { room: key } = await params
  if (!(await findChatRoom(user, key))) notFound()
  const here = presenceRoom(chat, key)
  const [initial, present] = await Promise.all([openChat(user, key), openPresence(here)])
  const who = <HereNow key={here} room={here} me={user} initial={present} parts={{ composer: 'at the message box' }} />
  return (
    <>
      <PageHeader title={<RoomTitle me={user} {...initial.state} />} proves={proves('chat')} actions={who} />
      <ChatPanel key={key} me={user} initial={initial} />
    </>
  )
}
