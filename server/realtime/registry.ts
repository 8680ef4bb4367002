import { container } from '#server/container'
import {
  type Connection,
  type ConnectionFilter,
  type CountedBy,
  connectionOfOthersExists,
  countConnectionsOfOthers,
  listConnectionsOfOthers,
} from '#server/models/connection'
import { matchesPath, parsePathFilter } from '#server/models/path-filter'
import { type CloseReason, closedByServer } from './close-reason'
import type { ServerNode } from './node'
import { ConnectionWriter } from './registry-writer'

/** A socket that has been let in, of Socket.IO or of a raw endpoint. */
export interface OpenConnection {
  /** Unlike any other on any node. */
  id: string
  /** `/socket.io` or `/ws/<endpoint>`: as declared in code, never as a client wrote it. */
  path: string
  sessionId?: string
  userId?: string
  address: string
  /** How many bytes wait to be sent to it. */
  waitingBytes?(): number
}

type OwnConnection = Connection & Pick<OpenConnection, 'waitingBytes'>

/**
 * Hears of this node's own connections: each that is opened or has its round trip measured anew, each that is closed,
 * and, where wanted, each that is in other rooms than `before`, or was refused an event, with the refusal's code.
 */
export interface ConnectionListener {
  changed(connection: Readonly<Connection>): void
  closed(connection: Readonly<Connection>, reason: CloseReason): void
  moved?(connection: Readonly<Connection>, before: readonly string[]): void
  refused?(connection: Readonly<Connection>, event: string, code: string): void
}

/**
 * Who is connected, on which path, session and node, since when and in which rooms. This node's own
 * connections are answered from memory, exact at once; those of others from the database, to which each node
 * writes its own a fraction of a second later.
 */
export class ConnectionRegistry {
  readonly #own = new Map<string, OwnConnection>()
  readonly #writer: ConnectionWriter
  readonly #listeners = new Set<ConnectionListener>()

  /** `writeEvery`: how long changes wait for each other before they are written, in milliseconds. */
  constructor(
    private readonly node: ServerNode,
    { writeEvery = 250 }: { writeEvery?: number } = {},
  ) {
    this.#writer = new ConnectionWriter(node.id, this.#own, writeEvery)
    node.onReturn(() => {
      for (const id of this.#own.keys()) this.#writer.changed(id)
    })
  }

  /** Calls `listener` in the turn in which it happens. */
  follow(listener: ConnectionListener): void {
    this.#listeners.add(listener)
  }

  open(connection: OpenConnection): void {
    const { id, sessionId = null, userId = null } = connection
    const fresh = { nodeId: this.node.id, since: Date.now(), rooms: [], roundTrip: null }
    const opened = { ...connection, sessionId, userId, ...fresh }
    this.#own.set(id, opened)
    this.#writer.changed(id)
    for (const listener of this.#listeners) listener.changed(opened)
    const { path, address } = connection
    container().log.debug({ socket: id, path, session: sessionId, user: userId, address }, 'socket opened')
  }

  /** Closing one that is not open changes nothing. */
  close(id: string, reason: CloseReason): void {
    const connection = this.#own.get(id)
    if (!connection) return
    this.#own.delete(id)
    this.#writer.closed(id)
    for (const listener of this.#listeners) listener.closed(connection, reason)
    const { log, metrics } = container()
    metrics.closes.inc({ reason })
    const { path, sessionId: session, userId: user } = connection
    log[closedByServer(reason) ? 'info' : 'debug']({ socket: id, path, session, user, reason }, 'socket closed')
  }

  /** The rooms it is in from now on, by key. */
  setRooms(id: string, rooms: Iterable<string>): void {
    const before = this.#own.get(id)?.rooms ?? []
    this.#change(id, { rooms: [...rooms] })
    const connection = this.#own.get(id)
    if (connection) for (const listener of this.#listeners) listener.moved?.(connection, before)
  }

  /** An event of it, by its name in a contract, was answered with this code. */
  refused(id: string, event: string, code: string): void {
    const connection = this.#own.get(id)
    if (connection) for (const listener of this.#listeners) listener.refused?.(connection, event, code)
  }

  /** In milliseconds. */
  setRoundTrip(id: string, roundTrip: number): void {
    this.#change(id, { roundTrip: Math.round(roundTrip) })
    const connection = this.#own.get(id)
    if (connection) for (const listener of this.#listeners) listener.changed(connection)
  }

  /** How many bytes wait to be sent to one of this node's own; 0 when it is not open. */
  waitingBytes(id: string): number {
    return this.#own.get(id)?.waitingBytes?.() ?? 0
  }

  /** This node's own. */
  own(): Iterable<Readonly<OwnConnection>> {
    return this.#own.values()
  }

  /** Of all nodes, the oldest first. Refuses a `path` that is no filter with `invalid`, as do the next two. */
  async list(filter: ConnectionFilter = {}): Promise<Connection[]> {
    const own = Array.from(this.#ownOf(filter), ({ waitingBytes: _, ...connection }) => connection)
    const others = await listConnectionsOfOthers(this.node.id, filter)
    return [...own, ...others].toSorted((one, other) => one.since - other.since)
  }

  /** Whether the person has a socket open, on any node. */
  async exists(userId: string, path = '*'): Promise<boolean> {
    const filter = { userId, path }
    return !this.#ownOf(filter).next().done || connectionOfOthersExists(this.node.id, filter)
  }

  /** How many are open, on all nodes, by node id, path or user id; those without a user are in no user's count. */
  async count(by: CountedBy, filter: ConnectionFilter = {}): Promise<Map<string, number>> {
    const counts = await countConnectionsOfOthers(this.node.id, by, filter)
    for (const { nodeId, path, userId } of this.#ownOf(filter)) {
      const key = { node: nodeId, path, user: userId }[by]
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  }

  /** Stops writing. The rows go with that of the node. */
  async stop(): Promise<void> {
    await this.#writer.stop()
  }

  #change(id: string, change: Partial<Connection>): void {
    const connection = this.#own.get(id)
    if (!connection) return
    this.#own.set(id, { ...connection, ...change })
    this.#writer.changed(id)
  }

  *#ownOf({ id, userId, sessionId, path = '*' }: ConnectionFilter): Generator<OwnConnection, void> {
    const onPath = parsePathFilter(path)
    for (const one of this.#own.values()) {
      if (id !== undefined && one.id !== id) continue
      if (userId !== undefined && one.userId !== userId) continue
      if (sessionId !== undefined && one.sessionId !== sessionId) continue
      if (matchesPath(onPath, one.path)) yield one
    }
  }
}
