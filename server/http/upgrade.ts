import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Server as Engine } from 'engine.io'
import { container } from '#server/container'
import { refuseUpgrade } from './refuse-upgrade'
import type { Pages } from './server'

/** Raw endpoints, whatever their name. */
const endpointPath = /^\/ws\//
export const socketPath = /^\/socket\.io\/?(\?|$)/
/** Of all that begins with `/_next/` Next takes this alone; the rest it would leave open for ever. */
const hotReload = /^\/_next\/hmr(\?|$)/

interface Takers {
  engine: Engine
  pages: Pages | undefined
}

/**
 * The one place where upgrades are told apart by their path. Socket.IO and Next would each listen for
 * `upgrade` themselves and close what they do not know, so neither is given the http server.
 */
export function routeUpgrades(server: Server, takers: Takers): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that goes away during the handshake is no event; without a listener it would end the process.
    socket.on('error', () => socket.destroy())
    route(takers, request, socket, head).catch((error: unknown) => {
      container().log.warn({ err: error }, 'an upgrade failed')
      socket.destroy()
    })
  })
}

async function route({ engine, pages }: Takers, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const url = request.url ?? ''
  if (socketPath.test(url)) return engine.handleUpgrade(request, socket, head)
  if (endpointPath.test(url)) return container().sockets.upgrades.handle(request, socket, head)
  if (pages?.upgrade && hotReload.test(url)) return pages.upgrade(request, socket, head)
  refuseUpgrade(socket, { code: 'not-found', message: 'Nothing here speaks WebSocket.' })
}
