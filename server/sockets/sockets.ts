import { AsyncLocalStorage } from 'node:async_hooks'
import { container } from '#server/container'
import { personChanged } from '#server/realtime/person'
import { sessionEnded } from '#server/realtime/session-end'
import { Connections } from './connections'
import { Endpoints } from './endpoints'
import { endpointsFolder, findEndpoints } from './find-endpoints'
import { keyRevoked } from './key-end'
import { followLine } from './line-connection'
import { Listeners } from './listeners'
import { Monitor } from './monitor/monitor'
import { Clients } from './outbound/clients'
import { OperatedClients } from './outbound/operated-clients'
import type { Running, RunningStorage } from './running'
import { ServedSockets } from './served-sockets'
import { SocketActs } from './socket-acts'
import { Ticker } from './ticker/ticker'
import { Upgrades } from './upgrades'
import { UserMessages } from './user-messages'

/** Sockets of every nature beside the engine's own: what there must be once in the process. */
export interface Sockets {
  endpoints: Endpoints
  /** Of this node. */
  connections: Connections
  listeners: Listeners
  userMessages: UserMessages
  /** What is done to one socket. */
  acts: SocketActs
  monitor: Monitor
  /** Takes the upgrades of `/ws/`. */
  upgrades: Upgrades
  /** What came of them. */
  served: ServedSockets
  /** Of this node, to other servers. */
  clients: Clients
  /** Those of them that people have opened. */
  operated: OperatedClients
  /** The quotes of the exchange. */
  ticker: Ticker
  /** What the handlers that run just now are told. */
  running: RunningStorage
  /** Resolves when all sockets have closed and their handlers have ended, or taken too long. */
  close(): Promise<void>
}

/** Empty, for the container; `startSockets` puts them to work. Close what was created. */
export function createSockets(): Sockets {
  const endpoints = new Endpoints()
  const listeners = new Listeners()
  const connections = new Connections(listeners)
  const served = new ServedSockets()
  const clients = new Clients()
  const monitor = new Monitor()
  const ticker = new Ticker()
  return {
    endpoints,
    connections,
    listeners,
    userMessages: new UserMessages(connections),
    acts: new SocketActs(connections),
    monitor,
    upgrades: new Upgrades(endpoints, served),
    served,
    clients,
    operated: new OperatedClients(),
    ticker,
    running: new AsyncLocalStorage<Running>(),
    close: async () => {
      monitor.close()
      const rested = ticker.close()
      clients.close()
      await Promise.all([rested, served.close()])
    },
  }
}

/**
 * Once the container is filled: serves the endpoints there are files for, and hears what the engine and other nodes
 * tell. Rejects with what is wrong with a file.
 */
export async function startSockets(
  { endpoints, served, userMessages, acts, monitor, clients, operated, ticker }: Sockets,
  folder: URL = endpointsFolder,
): Promise<void> {
  for (const endpoint of await findEndpoints(folder)) endpoints.add(endpoint.endpoint, endpoint)
  const { io, node, nodeMessages } = container()
  io.on('connection', followLine)
  userMessages.start()
  acts.start()
  monitor.start()
  operated.start()
  ticker.start()
  // Other nodes took this one for dead, and have taken its clients off the screens.
  node.onReturn(() => clients.showAll())
  nodeMessages.listen(keyRevoked, ({ id }) => {
    for (const socket of served.open()) if (socket.apiKey?.id === id) socket.end('revoked')
  })
  nodeMessages.listen(personChanged, ({ userId }) => served.recheckPerson(userId))
  nodeMessages.listen(sessionEnded, ({ id, reason }) => {
    for (const socket of served.open()) if (socket.session?.id === id) socket.end(reason)
  })
}
