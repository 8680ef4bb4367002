import type { Listeners } from './listeners'
import type { SocketConnection } from './socket-connection'

/** The open sockets of this node themselves, of raw endpoints and of Socket.IO; which ones others have, the registry knows. */
export class Connections {
  readonly #open = new Map<string, SocketConnection>()
  readonly #ofUsers = new Map<string, Set<SocketConnection>>()

  constructor(private readonly listeners: Listeners) {}

  add(connection: SocketConnection): void {
    this.#open.set(connection.id, connection)
    if (connection.user) {
      const others = this.#ofUsers.get(connection.user.id)
      if (others) others.add(connection)
      else this.#ofUsers.set(connection.user.id, new Set([connection]))
    }
    this.listeners.tell(connection, (listener) => listener.onConnect?.(connection))
  }

  remove(connection: SocketConnection, code: number, reason: string): void {
    if (!this.#open.delete(connection.id)) return
    const { user } = connection
    const left = user && this.#ofUsers.get(user.id)
    left?.delete(connection)
    if (user && left?.size === 0) this.#ofUsers.delete(user.id)
    this.listeners.tell(connection, (listener) => listener.onClose?.(connection, code, reason))
  }

  get(id: string): SocketConnection | undefined {
    return this.#open.get(id)
  }

  all(): Iterable<SocketConnection> {
    return this.#open.values()
  }

  ofUser(userId: string): Iterable<SocketConnection> {
    return this.#ofUsers.get(userId) ?? []
  }
}
