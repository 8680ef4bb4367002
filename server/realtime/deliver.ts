import type { ChannelContract } from '#channels/contract'
import { roomKey } from '#channels/contract'
import type { Pushed, PushFrame } from '#channels/wire'
import { container } from '#server/container'

/** Sends a push to every member of a room. Stream pushes come here only after their commit. */
export function deliver(channel: ChannelContract, room: string, pushed: Pushed): void {
  const { io } = container()
  const target = pushed.seq === undefined ? io.volatile.to(roomKey(channel, room)) : io.to(roomKey(channel, room))
  const frame: PushFrame = { room, pushes: [pushed] }
  target.emit(`${channel.name}:push`, frame)
}
