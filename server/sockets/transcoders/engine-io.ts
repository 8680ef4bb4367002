import { randomUUID } from 'node:crypto'
import { maxMessageBytes } from '#channels/wire'
import { closeCode } from '#server/sockets/close-code'
import { type Frame, type Line, UnsupportedFrame } from '#server/sockets/transcoder'

/** The types of packets of Engine.IO, protocol 4, that there are on a WebSocket: the first character of each frame. */
export const enginePacket = { open: '0', close: '1', ping: '2', pong: '3', message: '4', noop: '6' } as const

/**
 * How often the client is told that the server is there, and how late that may come before it gives up, in
 * milliseconds. Whether the client is there, the WebSocket's own pings find out.
 */
const pingInterval = 25_000
const pingTimeout = 20_000
/** A client that has connected to no namespace by then is closed, in milliseconds. */
const connectTimeout = 10_000

/** The lower of the two protocols of Socket.IO, on a line that is a WebSocket from the start. */
export class EngineIo {
  readonly #late: NodeJS.Timeout
  readonly #pinging: NodeJS.Timeout

  constructor(private readonly line: Line) {
    const handshake = { sid: randomUUID(), upgrades: [], pingInterval, pingTimeout, maxPayload: maxMessageBytes }
    line.write(enginePacket.open + JSON.stringify(handshake))
    this.#late = setTimeout(() => line.close(closeCode.policy, 'not connected'), connectTimeout).unref()
    this.#pinging = setInterval(() => line.write(enginePacket.ping), pingInterval).unref()
  }

  /** What a message holds; null for a packet that holds none. Throws for one that no client sends. */
  read(frame: Frame): string | null {
    if (typeof frame !== 'string') throw new UnsupportedFrame('This endpoint takes text.')
    switch (frame[0]) {
      case enginePacket.message:
        return frame.slice(1)
      case enginePacket.close:
        this.line.close(closeCode.normal, '')
        return null
      case enginePacket.pong:
      case enginePacket.noop:
        return null
      default:
        throw new Error('A packet of Engine.IO that no client sends.')
    }
  }

  /** The client has done what it was waited for. */
  connected(): void {
    clearTimeout(this.#late)
  }

  end(): void {
    clearTimeout(this.#late)
    clearInterval(this.#pinging)
  }
}
