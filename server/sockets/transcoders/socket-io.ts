import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { closeCode } from '#server/sockets/close-code'
import type { Frame, Line, OpenTranscoder, Transcoder } from '#server/sockets/transcoder'
import { EngineIo } from './engine-io'
import { Outstanding } from './outstanding'
import { ackData, eventData, formatPacket, type Packet, packetType, parsePacket } from './socket-io-packet'

/** An event of a client of Socket.IO; with `acknowledge`, which counts once, when the client asks for an answer. */
export interface SocketIoEvent {
  event: string
  args: unknown[]
  acknowledge?: (...args: unknown[]) => void
}

/** An event for the client; `acknowledged` hears its answer. */
export interface SocketIoReply {
  event: string
  args?: unknown[]
  acknowledged?: (...args: unknown[]) => void
}

const reply = z.object({
  event: z.string(),
  args: z.array(z.unknown()).default([]),
  acknowledged: z.custom<SocketIoReply['acknowledged']>((value) => typeof value === 'function').optional(),
})

/**
 * Speaks Socket.IO (its protocol 5, on Engine.IO's 4) on a raw endpoint, so that a stock `socket.io-client` with
 * `{ path: '/ws/<endpoint>', transports: ['websocket'] }` talks to the handler: text only, the namespace `/` alone.
 * What goes out and is no `SocketIoReply` becomes an event `message`. Messages wait until the client has connected.
 * (Open-Xchange does the same with its transcoders; https://socket.io/docs/v4/socket-io-protocol.)
 */
export class SocketIo implements Transcoder<SocketIoEvent> {
  readonly #connected: Promise<boolean>
  #settle: (connected: boolean) => void = () => {}
  #isConnected = false
  readonly #engine: EngineIo
  readonly #outstanding = new Outstanding()

  constructor(private readonly line: Line) {
    this.#connected = new Promise((resolve) => {
      this.#settle = resolve
    })
    this.#engine = new EngineIo(line)
  }

  onInboundMessage(frame: Frame): SocketIoEvent | null {
    const message = this.#engine.read(frame)
    return message === null ? null : this.#received(parsePacket(message))
  }

  async onOutboundMessage(message: unknown): Promise<Frame | null> {
    if (!(await this.#connected)) return null
    const { data = { event: 'message', args: [message], acknowledged: undefined } } = reply.safeParse(message)
    const { event, args, acknowledged } = data
    const id = acknowledged && this.#outstanding.add(acknowledged)
    return formatPacket({ type: packetType.event, namespace: '/', id, data: [event, ...args] })
  }

  /** A client that is told so does not come back by itself; one that is only cut does. */
  onClosing(code: number): Frame | null {
    if (!this.#isConnected || code === closeCode.goingAway || code === closeCode.tryLater) return null
    return formatPacket({ type: packetType.disconnect, namespace: '/' })
  }

  onClose(): void {
    this.#engine.end()
    this.#settle(false)
  }

  #received({ type, namespace, id, data }: Packet): SocketIoEvent | null {
    if (type === packetType.connect) return this.#connect(namespace)
    if (!this.#isConnected || namespace !== '/') throw new Error('A packet for a namespace that is not connected.')
    switch (type) {
      case packetType.event: {
        const event = eventData.parse(data)
        return id === undefined ? event : { ...event, acknowledge: this.#answerTo(id) }
      }
      case packetType.ack: {
        const args = ackData.parse(data)
        this.#outstanding.take(id)?.(...args)
        return null
      }
      case packetType.disconnect:
        this.line.close(closeCode.normal, '')
        return null
      default:
        throw new Error('A packet that no client sends.')
    }
  }

  #connect(namespace: string): null {
    if (namespace === '/' && this.#isConnected) throw new Error('A second connect.')
    if (namespace === '/') {
      this.#isConnected = true
      this.#engine.connected()
      this.line.write(formatPacket({ type: packetType.connect, namespace, data: { sid: randomUUID() } }))
      this.#settle(true)
    } else {
      const data = { message: 'Invalid namespace' }
      this.line.write(formatPacket({ type: packetType.connectError, namespace, data }))
    }
    return null
  }

  #answerTo(id: number): (...args: unknown[]) => void {
    let answered = false
    return (...data) => {
      if (!answered) this.line.write(formatPacket({ type: packetType.ack, namespace: '/', id, data }))
      answered = true
    }
  }
}

/** For an endpoint's `transcoder`. */
export const socketIo: OpenTranscoder<SocketIoEvent> = Object.assign((line: Line) => new SocketIo(line), {
  speaks: 'socket-io' as const,
})
