import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { answerFor } from '#server/answer'
import { clientAddress, network } from '#server/auth/address'
import { container } from '#server/container'
import { type RefusedUpgrade, refuseUpgrade } from '#server/http/refuse-upgrade'
import { SessionSockets } from '#server/realtime/session-sockets'
import { refuse } from '#server/refusal'
import { admit } from './admission'
import { closeCode } from './close-code'
import type { Endpoint } from './endpoint'
import { type Endpoints, endpointsPath } from './endpoints'
import type { Opened } from './raw-socket'
import type { ServedSockets } from './served-sockets'
import { protocol, requireProtocol } from './subprotocol'
import { within } from './within'

/** A request that could not be checked by then is refused, in milliseconds. */
const admitWithin = 10_000
/** How long a client may take to confirm that its socket is closed, in milliseconds. */
const closeTimeout = 3_000
/** How many sockets of public endpoints one network may have open on this node. */
const mostOfStrangers = 50

/** Takes the upgrade requests of raw endpoints. Every one is answered: with a socket, or with a status and why not. */
export class Upgrades {
  readonly #servers = new WeakMap<Endpoint, WebSocketServer>()
  readonly #strangers = new SessionSockets(mostOfStrangers)

  constructor(
    private readonly endpoints: Endpoints,
    private readonly served: ServedSockets,
  ) {}

  async handle(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const [path = '', search = ''] = (request.url ?? '').split('?', 2)
    const name = path.slice(endpointsPath.length).replace(/\/$/, '')
    const query = new URLSearchParams(search)
    try {
      const endpoint = this.#find(name)
      requireProtocol(request)
      const admission = await within(admitWithin, admit(endpoint, { request, socket, query }))
      // It may have been removed meanwhile, or the server be closing.
      if (this.#find(name) !== endpoint) refuse('unavailable', 'This endpoint is being replaced. Try again.')
      const remoteAddress = clientAddress(request, container().env.trustProxy)
      if (!admission.session && !admission.apiKey) this.#countStranger(remoteAddress, socket)
      query.delete('session')
      const opened = { endpoint, path: endpointsPath + name, admission, query, remoteAddress }
      this.#serverOf(endpoint).handleUpgrade(request, socket, head, (ws) => this.#serve(ws, opened))
    } catch (error) {
      refuseOpening(socket, answerFor(error))
    }
  }

  #find(name: string): Endpoint {
    if (this.served.closing) refuse('unavailable', 'The server is restarting. Try again in a moment.')
    return this.endpoints.get(name) ?? refuse('not-found', 'There is no such endpoint.')
  }

  /** Whom nobody knows, nobody can send away later. */
  #countStranger(address: string, socket: Duplex): void {
    const giveBack = this.#strangers.take(network(address))
    if (!giveBack) refuse('rate-limited', 'Too many sockets are open to your network. Close some of them.')
    socket.once('close', giveBack)
  }

  #serve(ws: WebSocket, opened: Opened): void {
    const { log, metrics } = container()
    metrics.handshakes.inc({ outcome: 'accepted' })
    try {
      this.served.add(ws, opened)
    } catch (error) {
      log.error({ err: error, path: opened.path }, 'a transcoder failed')
      ws.on('error', () => {})
      ws.close(closeCode.internal, 'internal')
    }
  }

  #serverOf(endpoint: Endpoint): WebSocketServer {
    const known = this.#servers.get(endpoint)
    if (known) return known
    // A variable, because the types of `ws` (8.18) do not know `closeTimeout` yet.
    const options = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: endpoint.maxMessageBytes ?? container().env.messageBytes,
      closeTimeout,
      handleProtocols: () => protocol,
    }
    const server = new WebSocketServer(options)
    server.on('wsClientError', ({ message }, socket) =>
      refuseOpening(socket, { code: 'invalid', message: `${message}.` }),
    )
    this.#servers.set(endpoint, server)
    return server
  }
}

function refuseOpening(socket: Duplex, refused: RefusedUpgrade): void {
  const { entrance, metrics } = container()
  metrics.handshakes.inc({ outcome: refused.code })
  entrance.refusals.note({ code: refused.code }, 'upgrade refused')
  refuseUpgrade(socket, refused)
}
