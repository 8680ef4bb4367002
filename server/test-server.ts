import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { type Logger, pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import type { Ended } from '#channels/wire'
import { cookiesFor } from '#server/auth/test-cookies'
import { boot } from '#server/boot'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import { readEnvironment } from '#server/env'
import type { JobKinds } from '#server/jobs/run'
import { type LiveSession, startSession } from '#server/models/session'
import type { Served } from '#server/realtime/serve'

export interface Visitor {
  session: LiveSession
  cookie: string
  csrfToken: string
}

/** As in the environment: `{ ROOMS_PER_SOCKET: '3' }`. */
type Settings = Record<string, string>

interface TestOptions {
  channels?: Served[]
  /** Which jobs it can do, when not all. */
  jobKinds?: JobKinds
  settings?: Settings
  log?: Logger
}

/** For tests: the server as it boots, without pages, on a free port and a database of its own. */
export async function startTestServer({
  channels,
  jobKinds,
  settings,
  log = pino({ level: 'silent' }),
}: TestOptions = {}) {
  const dataDir = await freshDataDir()
  const env = readEnvironment({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', DEMO_ORDERS: '0', ...settings })
  const start = async (port: number) => {
    const service = await boot({ env, log, channels, jobKinds })
    await once(service.http.listen(port, '127.0.0.1'), 'listening')
    return service
  }
  let service = await start(0)
  const { port } = service.http.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const sockets: Socket[] = []

  const signIn = async (name: string, device = 'a test'): Promise<Visitor> => {
    const { prisma } = container().database
    const user = await prisma.user.findUniqueOrThrow({ where: { name }, select: { id: true } })
    const session = await startSession({ user, device, address: '127.0.0.1' })
    return { session, ...(await cookiesFor(session.id)) }
  }

  /** A socket as a browser of ours would open it, with what is given changed. */
  const open = ({ cookie, csrfToken }: Partial<Visitor>, headers: Record<string, string> = {}): Socket => {
    const extraHeaders = { origin: url, ...(cookie && { cookie }), ...headers }
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { csrfToken },
      extraHeaders,
    })
    sockets.push(socket)
    return socket
  }

  const connect = async (visitor: Visitor): Promise<Socket> => {
    const socket = open(visitor)
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
    return socket
  }

  return {
    url,
    signIn,
    open,
    connect,
    /** Ends in order and starts again, at the same address and on the same data. */
    restart: async () => {
      await service.close()
      service = await start(port)
    },
    stop: async () => {
      for (const socket of sockets) socket.disconnect()
      await service.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Resolves once the server has closed the socket, with what it said before. Ask before it can happen. */
export function endOf(socket: Socket): Promise<Ended | undefined> {
  return new Promise((resolve) => {
    let said: Ended | undefined
    socket.on('ended', (message: Ended) => {
      said = message
    })
    socket.once('disconnect', () => resolve(said))
  })
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>
