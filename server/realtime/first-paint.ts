import { type ChannelContract, roomKey, type StateOf } from '#channels/contract'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { readPosition } from './log'

/**
 * A room's state for a page rendered on the server, with the position from which the browser joins.
 * The position is read before the state: what commits between the two comes twice and is dropped,
 * where the other order would leave a hole.
 */
export async function firstPaint<C extends ChannelContract>(
  channel: C,
  room: string,
  read: () => Promise<StateOf<C>>,
): Promise<FirstPaint<StateOf<C>>> {
  const position = await readPosition(container().database.prisma, roomKey(channel, room))
  return { position, state: await read() }
}
