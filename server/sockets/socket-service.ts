import { container } from '#server/container'
import type { Connection, ConnectionFilter, CountedBy } from '#server/models/connection'
import type { Listener } from './listeners'
import type { Json } from './user-messages'

/**
 * The open sockets of everyone, on all nodes, of raw endpoints (`/ws/<endpoint>`) and of Socket.IO (`/socket.io`).
 * A path filter is a path, `/ws/orders`; what lies below one, `/ws/*`; or `*`, the default. Any other is refused with
 * `invalid`. What other nodes have is known a fraction of a second later (server/realtime/registry.ts).
 * (Open-Xchange's `WebSocketService`.)
 */
export const socketService = {
  /** Whether the person has a socket open. */
  exists(userId: string, pathFilter = '*'): Promise<boolean> {
    return container().registry.exists(userId, pathFilter)
  },

  /**
   * Sends a message through all sockets of the person, each by its own transcoder: text as text, anything else as
   * JSON where the socket takes text. Resolves with how many took it; a node that does not answer within 2 s is not
   * counted. On a socket of Socket.IO it comes as the event `message`.
   */
  send(userId: string, message: Json, pathFilter = '*'): Promise<number> {
    return container().sockets.userMessages.send(userId, message, pathFilter)
  },

  /** The same without waiting; what goes wrong is in the log. */
  sendAsync(userId: string, message: Json, pathFilter = '*'): void {
    socketService.send(userId, message, pathFilter).catch((error: unknown) => {
      container().log.error({ err: error, user: userId }, 'a message to a person was not sent')
    })
  },

  /**
   * Sends to one socket, whichever node it is on, in the same way. Resolves with whether it took the message; false
   * also for a socket there is not, and when its node does not answer within 2 s.
   */
  sendTo(id: string, message: Json): Promise<boolean> {
    return container().sockets.acts.run(id, { does: 'send', message })
  },

  /**
   * Ends one socket, whichever node it is on: one of Socket.IO is told `ended` with `revoked` and not to come back by
   * itself, a raw one is closed with 4001. The session lives on. Resolves as `sendTo` does.
   */
  end(id: string): Promise<boolean> {
    return container().sockets.acts.run(id, { does: 'end' })
  },

  /** Ends all sockets of a person. Resolves with how many. */
  async endAll(userId: string, pathFilter = '*'): Promise<number> {
    const open = await socketService.list({ userId, path: pathFilter })
    const ended = await Promise.all(open.map(({ id }) => socketService.end(id)))
    return ended.filter(Boolean).length
  },

  /** The oldest first; by person and session too. */
  list(filter: ConnectionFilter = {}): Promise<Connection[]> {
    return container().registry.list(filter)
  },

  /** How many sockets are open. */
  async count(pathFilter = '*'): Promise<number> {
    const byNode = await socketService.numberOfConnections('node', pathFilter)
    return [...byNode.values()].reduce((sum, count) => sum + count, 0)
  },

  /** How many by path, by person's id or by node's id; one that nobody is signed in on is in no person's number. */
  numberOfConnections(by: CountedBy, pathFilter = '*'): Promise<Map<string, number>> {
    return container().registry.count(by, { path: pathFilter })
  },

  /** Hears of the sockets of this node from now on. Gives what takes the listener away again. */
  addListener(listener: Listener): () => void {
    return container().sockets.listeners.add(listener)
  },
}
