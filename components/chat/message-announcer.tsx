import { useEffect, useRef, useState } from 'react'
import type { Message } from '#channels/chat'
import type { UserRef } from '#channels/user'

/** Reads out what others write while the room is open, and nothing of its history. */
export function MessageAnnouncer({ me, messages }: { me: UserRef; messages: Message[] }) {
  const last = useRef(messages.at(-1))
  const [fresh, setFresh] = useState<Message[]>([])
  useEffect(() => {
    const known = last.current
    last.current = messages.at(-1)
    const news = messages.filter(({ at, author }) => author.id !== me.id && at > (known?.at ?? 0))
    if (last.current?.id !== known?.id && news.length > 0) setFresh(news)
  }, [messages, me.id])
  // What has been deleted since is not to be found here either.
  const deleted = new Set(messages.flatMap(({ id, deletedAt }) => (deletedAt === null ? [] : id)))
  const told = fresh.filter(({ id }) => !deleted.has(id))
  return (
    <div aria-live="polite" className="sr-only">
      {told.map(({ id, author, body }) => (
        <p key={id}>
          {author.name}: {body}
        </p>
      ))}
    </div>
  )
}
