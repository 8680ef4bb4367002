import type { EndpointInfo } from '#channels/endpoint'
import { container } from '#server/container'
import { closeCode } from './close-code'
import { type Endpoint, parseEndpoint } from './endpoint'
import { endpointName } from './endpoint-name'
import type { OpenTranscoder } from './transcoder'
import { text } from './transcoders/text'

/** Where raw endpoints are, below which their names stand. */
export const endpointsPath = '/ws/'

type Unnamed<In = unknown, Out = unknown> = Omit<Endpoint<In, Out>, 'endpoint'>

/** The raw endpoints this node serves, by name. */
export class Endpoints {
  readonly #served = new Map<string, Endpoint>()

  /** Throws an Error with the name and the reason when the name may not be had or is taken, or this is no endpoint. */
  add(path: string, declared: Unnamed): void {
    const endpoint = endpointName(path)
    const parsed = parseEndpoint({ ...declared, endpoint }, `Endpoint "${endpoint}"`)
    if (this.#served.has(endpoint)) throw new Error(`Endpoint "${endpoint}": the name is taken.`)
    this.#served.set(endpoint, parsed)
  }

  /** Whether there was one. */
  remove(path: string): boolean {
    return this.#served.delete(path.replace(/^\//, ''))
  }

  get(name: string): Endpoint | undefined {
    return this.#served.get(name)
  }

  /** By name. */
  list(): EndpointInfo[] {
    return [...this.#served.values()].map(infoOf).toSorted((one, other) => (one.endpoint < other.endpoint ? -1 : 1))
  }
}

function infoOf(served: Endpoint): EndpointInfo {
  const { endpoint, description, authenticate = 'session', scope = endpoint, transcoder = text } = served
  const { maxMessageBytes = container().env.messageBytes } = served
  return {
    endpoint,
    description,
    path: endpointsPath + endpoint,
    authenticate,
    scope: authenticate === 'api-key' ? scope : null,
    speaks: transcoder.speaks ?? 'own',
    maxMessageBytes,
  }
}

/**
 * Serves an endpoint at `/ws/<path>` from now on, on this node alone: call it where every node comes by, as at the
 * start. Throws an Error with the name and the reason when the name is reserved, taken or has other characters.
 * (Mendix's `Core.addWebSocketEndpoint(path, endpoint)`.)
 */
export function addEndpoint(path: string, endpoint: Unnamed<string, string> & { transcoder?: undefined }): void
export function addEndpoint<In, Out>(
  path: string,
  endpoint: Unnamed<In, Out> & { transcoder: OpenTranscoder<In, Out> },
): void
export function addEndpoint(path: string, endpoint: Unnamed): void
export function addEndpoint(path: string, endpoint: Unnamed): void {
  container().sockets.endpoints.add(path, endpoint)
}

/** Serves it no longer, and closes its sockets with 1001. Gives whether there was one. */
export function removeEndpoint(path: string): boolean {
  const { endpoints, served } = container().sockets
  const removed = endpoints.remove(path)
  const gone = endpointsPath + path.replace(/^\//, '')
  if (removed) {
    for (const socket of served.open()) if (socket.path === gone) socket.close(closeCode.goingAway, 'removed')
  }
  return removed
}

/** What this node serves, by name. How many sockets each has, `socketService.numberOfConnections('path')` says. */
export function listEndpoints(): EndpointInfo[] {
  return container().sockets.endpoints.list()
}
