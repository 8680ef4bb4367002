import { type ChannelContract, roomKey, type StateOf } from '#channels/contract'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'

/**
 * A room's state and newest values for a page rendered on the server, with the position from which the
 * browser joins. The position is read before the state: what commits between the two comes twice and is
 * dropped, where the other order would leave a hole. The values are replaced by those of the join's answer.
 */
export async function firstPaint<C extends ChannelContract>(
  channel: C,
  room: string,
  read: () => Promise<StateOf<C>>,
): Promise<FirstPaint<StateOf<C>>> {
  const position = await container().roomLog.positions.of(roomKey(channel, room))
  const state = await read()
  const latest = container().latest.read(channel, room)
  return { position, state, ...(latest && { latest }) }
}
