import { MessageSquare } from 'lucide-react'
import type { ChatRoom } from '#channels/chat'
import { EmptyState } from '#components/ui/empty-state'

/** What a room is for, and the first step. */
export function EmptyRoom({ room: { kind, topic }, name }: { room: ChatRoom; name: string }) {
  if (kind === 'direct') {
    return (
      <EmptyState icon={<MessageSquare />} title={`Nothing between you and ${name} yet`}>
        Write the first message below; nobody else can read it.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<MessageSquare />} title={`Nothing in ${name} yet`}>
      {topic} Write the first message below; everyone in the room sees it at once.
    </EmptyState>
  )
}
