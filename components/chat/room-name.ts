import type { ChatKind, ChatState } from '#channels/chat'
import type { UserRef } from '#channels/user'

/** What a room is called: a direct one by the name of the other person. */
export function roomName(room: { kind: ChatKind; title: string; with: UserRef | null }): string {
  return room.kind === 'direct' ? (room.with?.name ?? 'Someone who left') : room.title
}

/** The same for somebody in the room. */
export function nameOf({ room, members }: Pick<ChatState, 'room' | 'members'>, me: UserRef): string {
  return roomName({ ...room, with: members.find(({ id }) => id !== me.id) ?? null })
}
