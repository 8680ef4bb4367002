import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Server as Engine } from 'engine.io'
import { addressHeader, clientAddress, pathHeader } from '#server/auth/address'
import { fromLoopback, loopbackHeader } from '#server/auth/loopback'
import { container } from '#server/container'
import type { Environment } from '#server/env'
import { refusedRequest } from './request-check'
import { setSecurityHeaders } from './security-headers'
import { routeUpgrades, socketPath } from './upgrade'

/** What renders pages: Next, or nothing in tests of the engine. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Takes the line of hot reload, which there is in development alone. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  close(): Promise<void>
}

interface Parts {
  env: Environment
  engine: Engine
  pages: Pages | undefined
}

/**
 * In milliseconds. A client has so long to send its headers, and its whole request, before it gets a 408. The latter is
 * enough for an upload of 20 MB over a slow line.
 */
const patience = { headersTimeout: 15_000, requestTimeout: 300_000, connectionsCheckingInterval: 5_000 }

/** The http server, not yet listening. */
export function createHttpServer({ env, engine, pages }: Parts): Server {
  const server = createServer(patience, (request, response) => {
    answer(request, response, { env, engine, pages }).catch((error: unknown) => {
      container().log.error({ err: error, method: request.method }, 'request failed')
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  routeUpgrades(server, { engine, pages })
  return server
}

async function answer(request: IncomingMessage, response: ServerResponse, { env, engine, pages }: Parts) {
  tellNext(request, env)
  setSecurityHeaders(request, response, env)
  if (socketPath.test(request.url ?? '')) return engine.handleRequest(request, response)
  const refused = refusedRequest(request)
  // Its body is not read, so the connection cannot be used again.
  if (refused) return void response.writeHead(refused.status, { ...refused.headers, Connection: 'close' }).end()
  if (pages) return pages.handle(request, response)
  response.writeHead(404).end()
}

const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']

/** Puts down what code under Next cannot see for itself, and removes what only a trusted proxy may say. */
function tellNext(request: IncomingMessage, env: Environment): void {
  request.headers[addressHeader] = clientAddress(request, env.trustProxy)
  request.headers[pathHeader] = request.url
  request.headers[loopbackHeader] = String(fromLoopback(request, env))
  if (env.trustProxy === 0) for (const header of forwarded) delete request.headers[header]
}
