import { useEffect, useRef, useState } from 'react'
import type { Message } from '#channels/chat'
import type { UserRef } from '#channels/user'

/** Reads out what others write while the room is open, and nothing of its history. */
export function MessageAnnouncer({ me, messages }: { me: UserRef; messages: Message[] }) {
  const newest = messages.at(-1)
  const announced = useRef(newest?.id)
  const [words, setWords] = useState('')
  useEffect(() => {
    if (!newest || newest.id === announced.current) return
    announced.current = newest.id
    if (newest.author.id !== me.id) setWords(`${newest.author.name}: ${newest.body}`)
  }, [newest, me.id])
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  )
}
