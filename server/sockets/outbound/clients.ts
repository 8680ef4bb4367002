import type { Server } from 'node:net'
import { container } from '#server/container'
import { refuse } from '#server/refusal'
import { closeCode } from '#server/sockets/close-code'
import type { Handler } from '#server/sockets/handler'
import type { OpenTranscoder } from '#server/sockets/transcoder'
import { showClient } from './client-board'
import type { ClientStatus } from './client-status'
import { readDestination } from './destination'
import type { OutboundOptions } from './options'
import { WebsocketClient } from './websocket-client'

/** So many outbound sockets may there be at once. */
const mostClients = 100
/** What a server is bound to that listens at every address of its machine. */
const everywhere = ['0.0.0.0', '[::]']

/** An outbound socket as people see it in a list. */
export interface ClientInfo extends ClientStatus {
  id: string
  uri: string
  queued: number
}

/** The outbound sockets of this node that have not been closed. */
export class Clients {
  readonly #open = new Map<string, WebsocketClient>()
  #ownPort: number | undefined
  #ownHost = '127.0.0.1'

  /** Outbound sockets may lead to this very server, over loopback or where it listens, once it does. */
  knowSelf(server: Server): void {
    server.once('listening', () => {
      const bound = server.address()
      if (typeof bound !== 'object' || bound === null) return
      this.#ownPort = bound.port
      const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
      if (!everywhere.includes(host)) this.#ownHost = host
    })
  }

  /** Where this very server can be reached from here: `ws://127.0.0.1:3000`. */
  get self(): string {
    return `ws://${this.#ownHost}:${this.#ownPort}`
  }

  create(uri: string, handler: Handler<WebsocketClient>, options: OutboundOptions): WebsocketClient {
    const listed = [...container().env.outboundAllow, `${this.#ownHost}:${this.#ownPort}`]
    const destination = readDestination(uri, { listed, ownPort: this.#ownPort })
    if (this.#open.size >= mostClients) refuse('unavailable', `There are ${mostClients} outbound sockets already.`)
    const client = new WebsocketClient(destination, handler, options)
    this.#open.set(client.id, client)
    showClient(client)
    client.subscribe(({ state }) => {
      if (state === 'closed') this.#open.delete(client.id)
      showClient(client)
    })
    return client
  }

  all(): WebsocketClient[] {
    return [...this.#open.values()]
  }

  get(id: string): WebsocketClient | null {
    return this.#open.get(id) ?? null
  }

  /** Puts all of them on the screens again. */
  showAll(): void {
    for (const client of this.all()) showClient(client)
  }

  /** With the server. */
  close(): void {
    for (const client of this.all()) client.close(closeCode.goingAway, 'restarting')
  }
}

/**
 * Opens a WebSocket to another server, from this node, and keeps it open. Refuses with `invalid` what is no address
 * of one, and with `forbidden` an IP address it may not lead to; a name is looked at when it is resolved, and one
 * that leads there ends the client as `refused`. (Eclipse Dirigible's `createWebsocket(uri, handler, engine)`.)
 */
export function createWebsocket(
  uri: string,
  handler: Handler<WebsocketClient<string>, string>,
  options?: OutboundOptions<string, string> & { transcoder?: undefined },
): WebsocketClient<string>
export function createWebsocket<In, Out>(
  uri: string,
  handler: Handler<WebsocketClient<Out>, In>,
  options: OutboundOptions<In, Out> & { transcoder: OpenTranscoder<In, Out> },
): WebsocketClient<Out>
export function createWebsocket(uri: string, handler: Handler<WebsocketClient>, options: OutboundOptions = {}) {
  return container().sockets.clients.create(uri, handler, options)
}

/** All outbound sockets of this node, but those that were closed. */
export function getClients(): ClientInfo[] {
  return container()
    .sockets.clients.all()
    .map(({ id, uri, queued, status }) => ({ id, uri, queued, ...status }))
}

/** Null when there is none, or it was closed. */
export function getClient(id: string): WebsocketClient | null {
  return container().sockets.clients.get(id)
}

/** The first that was created with this very handler; null when there is none, or it was closed. */
export function getClientByHandler(handler: Handler): WebsocketClient | null {
  return (
    container()
      .sockets.clients.all()
      .find((client) => client.handler === handler) ?? null
  )
}
