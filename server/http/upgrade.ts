import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Server as Engine } from 'engine.io'
import { container } from '#server/container'
import type { Pages } from './server'

export const socketPath = /^\/socket\.io\/?(\?|$)/
const hotReload = /^\/_next\//

interface Takers {
  engine: Engine
  pages: Pages | undefined
}

/**
 * The one place where upgrades are told apart by their path. Socket.IO and Next would each listen for
 * `upgrade` themselves and close what they do not know, so neither is given the http server.
 */
export function routeUpgrades(server: Server, { engine, pages }: Takers): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that goes away during the handshake is no event; without a listener it would end the process.
    socket.on('error', () => socket.destroy())
    const url = request.url ?? ''
    if (socketPath.test(url)) return engine.handleUpgrade(request, socket, head)
    if (pages && hotReload.test(url)) {
      pages.upgrade(request, socket, head).catch((error: unknown) => {
        container().log.warn({ err: error }, 'hot reload could not take an upgrade')
        socket.destroy()
      })
      return
    }
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}
