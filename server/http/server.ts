import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Server as Engine } from 'engine.io'
import { addressHeader, clientAddress, pathHeader } from '#server/auth/address'
import type { Environment } from '#server/env'
import { setSecurityHeaders } from './security-headers'
import { routeUpgrades, socketPath } from './upgrade'

/** What renders pages: Next, or nothing in tests of the engine. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  close(): Promise<void>
}

interface Parts {
  env: Environment
  engine: Engine
  pages: Pages | undefined
}

/** The http server, not yet listening. */
export function createHttpServer({ env, engine, pages }: Parts): Server {
  const server = createServer((request, response) => {
    tellNext(request, env)
    setSecurityHeaders(request, response, env)
    if (socketPath.test(request.url ?? '')) return void engine.handleRequest(request, response)
    if (pages) return void pages.handle(request, response)
    response.writeHead(404).end()
  })
  routeUpgrades(server, { engine, pages })
  return server
}

const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']

/** Puts down what code under Next cannot see for itself, and removes what only a trusted proxy may say. */
function tellNext(request: IncomingMessage, env: Environment): void {
  request.headers[addressHeader] = clientAddress(request, env.trustProxy)
  request.headers[pathHeader] = request.url
  if (env.trustProxy === 0) for (const header of forwarded) delete request.headers[header]
}
