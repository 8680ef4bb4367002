import type { Socket } from './socket-server'

/** What Engine.IO is about to queue, as far as it matters here. */
interface Packet {
  data?: string | ArrayBufferView | ArrayBuffer
  /** What is sent to a room has its frame made once, for all its members. */
  options?: { wsPreEncodedFrame?: Buffer[] }
}

/**
 * Counts what waits for one socket because it reads more slowly than it is written to: the packets that
 * Engine.IO holds back until those before them are gone, and the bytes that the operating system has not
 * taken yet. It counts when something is added or gone, so an idle socket costs nothing.
 */
export class Waiting {
  #queued = 0
  /** The largest packet of those queued, and of those before them that are being written. */
  #largest = { queued: 0, written: 0 }

  /** `grown` runs when a packet has been added, `shrunk` when what was being written is gone. */
  constructor(
    private readonly conn: Socket['conn'],
    { grown, shrunk }: { grown(): void; shrunk(): void },
  ) {
    conn.on('packetCreate', (packet: Packet) => {
      const bytes = bytesOf(packet)
      this.#queued += bytes
      this.#largest.queued = Math.max(this.#largest.queued, bytes)
      grown()
    })
    conn.on('flush', () => {
      this.#queued = 0
      this.#largest = { queued: 0, written: this.#largest.queued }
    })
    // Engine.IO's own `drain` means that it has handed over what it held, not that it has been taken.
    conn.transport.on('drain', () => {
      this.#largest.written = 0
      shrunk()
    })
  }

  get bytes(): number {
    return this.#queued + this.conn.request.socket.writableLength
  }

  /** Besides the largest packet: that one may be longer than any bound, and is no fault of who is to read it. */
  get backlog(): number {
    return this.bytes - Math.max(this.#largest.queued, this.#largest.written)
  }
}

/** In memory: as long as a packet is held back, its text is kept beside the frame that was made of it. */
function bytesOf({ data, options }: Packet): number {
  const text = typeof data === 'string' ? Buffer.byteLength(data) : (data?.byteLength ?? 0)
  return (options?.wsPreEncodedFrame ?? []).reduce((sum, { byteLength }) => sum + byteLength, text)
}
