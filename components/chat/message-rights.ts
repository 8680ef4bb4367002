import { editWithin, type Message } from '#channels/chat'
import type { Role, UserRef } from '#channels/user'

export type Me = UserRef & { role: Role }

/** Whether this person may change or delete it now, by the server's clock. The server decides; this only offers. */
export function mayChange({ id, role }: Me, message: Message, now: number): boolean {
  if (message.deletedAt !== null) return false
  return role === 'admin' || (message.author.id === id && now - message.at < editWithin)
}

/** The newest of one's own that may still be changed. */
export function lastOwn(me: Me, messages: Message[], now: number): Message | undefined {
  return messages.findLast((message) => message.author.id === me.id && mayChange(me, message, now))
}
