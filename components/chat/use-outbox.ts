import { useMemo, useSyncExternalStore } from 'react'
import type { chat, Message } from '#channels/chat'
import type { Room } from '#components/realtime/room'
import { outboxOf, type Unconfirmed } from './outbox'

const none: Unconfirmed[] = []
const never = () => () => {}

/**
 * One's own messages that are not yet among the room's. Whatever confirms one takes it out: the answer
 * to the call, or the message coming back as a push, which after a cut may be all there is.
 */
export function useOutbox(room: Room<typeof chat> | undefined, messages: Message[]) {
  const outbox = room && outboxOf(room)
  const entries = useSyncExternalStore(
    outbox?.subscribe ?? never,
    () => outbox?.entries ?? none,
    () => none,
  )
  const unconfirmed = useMemo(() => {
    const confirmed = new Set(messages.map(({ id }) => id))
    return entries.filter(({ id }) => !confirmed.has(id))
  }, [entries, messages])
  return {
    unconfirmed,
    send: (body: string, replyTo: number | null) => room && outbox?.send(room, body, replyTo),
    sendAgain: (entry: Unconfirmed) => room && outbox?.sendAgain(room, entry),
    discard: (id: string) => outbox?.discard(id),
  }
}
