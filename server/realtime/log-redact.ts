import { type ChannelContract, roomKey } from '#channels/contract'
import type { Prisma } from '#server/db/generated/client'

/**
 * Overwrites fields of what the log has kept of one thing in a room: of each push whose data has that `id`. Who
 * returns from before then applies the same pushes, without what was to be forgotten.
 */
export function redactLog(
  client: Pick<Prisma.TransactionClient, '$executeRaw'>,
  channel: ChannelContract,
  room: string,
  id: string,
  fields: object,
): Promise<number> {
  return client.$executeRaw`
    UPDATE log_entry SET data = data || ${JSON.stringify(fields)}::jsonb
    WHERE room = ${roomKey(channel, room)} AND data ->> 'id' = ${id}`
}
