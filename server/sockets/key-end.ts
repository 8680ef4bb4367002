import { z } from 'zod'
import { container } from '#server/container'
import { defineNodeMessage } from '#server/realtime/node-messages'

/** An API key counts no longer: every node closes the sockets that were opened with it. */
export const keyRevoked = defineNodeMessage('api-key-revoked', z.object({ id: z.uuid() }))

/** Closes every socket of an API key, on every node, with 4001 and `revoked`. */
export function closeKeySockets(id: string): void {
  container().nodeMessages.tell(keyRevoked, { id })
}
