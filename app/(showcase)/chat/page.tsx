import { redirect } from 'next/navigation'
import { requireSession } from '#server/auth/guard'

export default async function ChatPage() {
  await requireSession()
  redirect('/chat/general')
}
