import { connect, type Socket } from 'node:net'
import { requestText } from '#server/http/test-raw'

export interface RawFrame {
  fin?: boolean
  /** The three reserved bits, as a number of 0 to 7. */
  reserved?: number
  opcode: number
  payload?: Buffer | string
  masked?: boolean
  /** Instead of the length of the payload. */
  length?: bigint
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** For tests: the bytes of one frame as a client sends it, right or wrong (RFC 6455, section 5.2). */
export function frame({ fin = true, reserved = 0, opcode, payload = '', masked = true, length }: RawFrame): Buffer {
  const data = Buffer.from(payload)
  const size = length ?? BigInt(data.length)
  const extended = size > 65_535n ? Buffer.alloc(8) : size > 125n ? Buffer.alloc(2) : Buffer.alloc(0)
  if (extended.length === 8) extended.writeBigUInt64BE(size)
  if (extended.length === 2) extended.writeUInt16BE(Number(size))
  const short = extended.length === 8 ? 127 : extended.length === 2 ? 126 : Number(size)
  const mask = masked ? Buffer.from([0x12, 0x34, 0x56, 0x78]) : Buffer.alloc(0)
  const covered = masked ? data.map((byte, index) => byte ^ (mask[index % 4] ?? 0)) : data
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode, (masked ? 0x80 : 0) | short]
  return Buffer.concat([Buffer.from(head), extended, mask, covered])
}

/** The payload of a close frame. */
export function closePayload(code: number, reason: string | Buffer = ''): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(code)
  return Buffer.concat([bytes, Buffer.from(reason)])
}

export interface ReceivedFrame {
  fin: boolean
  opcode: number
  payload: Buffer
}

/** For tests: a client that knows nothing but bytes. */
export class RawClient {
  readonly #frames: ReceivedFrame[] = []
  readonly #waiting: (() => void)[] = []
  #unread = Buffer.alloc(0)
  /** Whether the server has ended its half. */
  ended = false

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', () => {})
    socket.once('end', () => this.#end())
    socket.once('close', () => this.#end())
  }

  /** Opens `/ws/<name>`, and resolves once the server has agreed. With `allowHalfOpen` it never closes its own half. */
  static async open(url: string, name: string, { allowHalfOpen = false } = {}): Promise<RawClient> {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen, noDelay: true })
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    socket.write(requestText('GET', `/ws/${name}`, headers))
    const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve))
    const [head = ''] = answer.toString('latin1').split('\r\n\r\n', 1)
    // The answer to that very key, as the RFC works it out in section 1.3.
    if (!head.startsWith('HTTP/1.1 101') || !head.includes('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')) {
      throw new Error(head)
    }
    const client = new RawClient(socket)
    client.#read(answer.subarray(head.length + 4))
    return client
  }

  write(...bytes: Buffer[]): void {
    this.socket.write(Buffer.concat(bytes))
  }

  /** The next frame; undefined when the server has ended its half. */
  async next(): Promise<ReceivedFrame | undefined> {
    while (this.#frames.length === 0 && !this.ended) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.#frames.shift()
  }

  /** The code in the next close frame, passing over others; 1005 for an empty one, undefined when there was none. */
  async closeCode(): Promise<number | undefined> {
    for (;;) {
      const received = await this.next()
      if (!received) return undefined
      if (received.opcode === opcodes.close) return received.payload.length > 1 ? received.payload.readUInt16BE() : 1005
    }
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk])
    for (;;) {
      const [first, second] = this.#unread
      if (first === undefined || second === undefined) break
      if (second > 127) throw new Error('A server must not mask.')
      const extra = second === 127 ? 8 : second === 126 ? 2 : 0
      if (this.#unread.length < 2 + extra) break
      const length =
        extra === 8 ? Number(this.#unread.readBigUInt64BE(2)) : extra === 2 ? this.#unread.readUInt16BE(2) : second
      const end = 2 + extra + length
      if (this.#unread.length < end) break
      this.#frames.push({ fin: first > 127, opcode: first & 15, payload: this.#unread.subarray(2 + extra, end) })
      this.#unread = this.#unread.subarray(end)
    }
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #end(): void {
    this.ended = true
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
