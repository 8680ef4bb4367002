import { useEffect, useMemo, useRef, useState } from 'react'
import { toast } from 'sonner'
import type { Message } from '#channels/chat'
import { failureOf } from '#components/realtime/failure'
import type { MessageActs } from './message-acts'
import { focusMessage } from './row-steps'
import type { AskChat } from './use-chat'
import type { Writing } from './use-writing'

/** What the rows can do, the same object as long as the room is: they need not be drawn again for it. */
export function useActs(ask: AskChat, writing: Writing) {
  const [deleting, setDeleting] = useState<Message>()
  const [wanted, setWanted] = useState<{ number: number }>()
  const now = useRef(writing)
  useEffect(() => {
    now.current = writing
  })

  // The question was asked from a menu that is gone by now.
  const asked = useRef<Message>(undefined)
  useEffect(() => {
    if (!deleting && asked.current) focusMessage(asked.current.number)
    asked.current = deleting
  }, [deleting])

  const acts = useMemo<MessageActs>(
    () => ({
      onReply: (message) => now.current.reply(message),
      onEdit: (message) => now.current.edit(message),
      onDelete: setDeleting,
      onReact: ({ id }, emoji, on) => {
        ask('react', { id, emoji, on }).catch((error: unknown) =>
          toast.error('The reaction was not sent.', { description: failureOf(error) }),
        )
      },
      onJump: (number) => setWanted({ number }),
    }),
    [ask],
  )
  return { acts, deleting, endDeleting: () => setDeleting(undefined), wanted }
}
