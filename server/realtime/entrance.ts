import type { IncomingMessage } from 'node:http'
import type { Server as Engine } from 'engine.io'
import { container } from '#server/container'
import type { Environment } from '#server/env'
import { watchFrames } from './frames'
import { HandshakeLimit } from './handshake-limit'
import { RefusalLog } from './refusal-log'
import { SessionSockets } from './session-sockets'

/** What stands between strangers and the sessions: how many may come, and what they may say on the line. */
export class Entrance {
  readonly handshakes: HandshakeLimit
  readonly sessionSockets: SessionSockets
  readonly refusals = new RefusalLog()

  constructor(env: Environment) {
    this.handshakes = new HandshakeLimit(env)
    this.sessionSockets = new SessionSockets(env.socketsPerSession)
  }

  /** Has the engine refuse requests before there is a line (a 400), and frames on it that are none of ours. */
  guard(engine: Engine): void {
    engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
      if (asksForExistingLine(request)) return next(new Error('no line is moved here'))
      next(this.handshakes.upgrade(request) ? undefined : new Error('too many'))
    })
    engine.on('connection', watchFrames)
    engine.on('connection_error', ({ code, message }: { code: number; message: string }) => {
      container().metrics.handshakes.inc({ outcome: 'upgrade-refused' })
      this.refusals.note({ code, message }, 'upgrade refused')
    })
  }
}

/** Engine.IO would move a line to whoever knows its id; that is how polling turns into WebSocket, which is all there is here. */
function asksForExistingLine({ url = '' }: IncomingMessage): boolean {
  return new URL(url, 'http://localhost').searchParams.has('sid')
}
