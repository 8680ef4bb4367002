import { once } from 'node:events'
import { type RawData, WebSocket } from 'ws'
import { type Ended, ended } from '#channels/wire'

interface LineOptions {
  /** Of the upgrade request. Given as they stand, so that they can be wrong. */
  headers?: Record<string, string>
  path?: string
}

/**
 * For tests: a line on which any frame can be sent, where a client of ours sends only its own. It answers
 * pings, and keeps what the server says of its end.
 */
export class TestLine {
  /** What `ended` said, with the code and words of the WebSocket's own close; undefined while it is open. */
  end: { said?: Ended; code: number } | undefined
  readonly closed: Promise<void>
  readonly #socket: WebSocket
  readonly #waiting = new Map<string, (frame: string) => void>()
  #said: Ended | undefined
  #asked = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: RawData) => this.#hear(data.toString()))
    // Its cause is the server's to know: here, that it closed.
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      socket.on('close', (code) => {
        this.end = { said: this.#said, code }
        for (const stop of this.#waiting.values()) stop('')
        resolve()
      })
    })
  }

  /** A line without a socket on it yet. Rejects when the upgrade is refused. */
  static async open(url: string, { headers, path = '/socket.io/?EIO=4&transport=websocket' }: LineOptions = {}) {
    const socket = new WebSocket(url.replace('http', 'ws') + path, { headers, perMessageDeflate: false })
    const line = new TestLine(socket)
    await once(socket, 'open')
    return line
  }

  /** Asks for a socket. Resolves with the answer, `0{...}` or `4{...}`, or nothing when the line was closed. */
  async greet(auth: unknown): Promise<string> {
    const answer = this.#next('0')
    this.send(`40${JSON.stringify(auth)}`)
    return answer
  }

  /** Sends an event with an acknowledgement. Resolves with the text of the answer, or nothing when the line was closed. */
  ask(packet: string): Promise<string> {
    const id = `${this.#asked++}`
    const answer = this.#next(`3${id}[`)
    this.send(`42${id}${packet}`)
    return answer
  }

  send(frame: string | Uint8Array, options: { binary?: boolean; fin?: boolean } = {}): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame, options)
  }

  ping(): void {
    this.#socket.ping()
  }

  close(): void {
    this.#socket.terminate()
  }

  #next(start: string): Promise<string> {
    if (this.end) return Promise.resolve('')
    return new Promise((resolve) => {
      this.#waiting.set(start, (frame) => {
        this.#waiting.delete(start)
        resolve(frame)
      })
    })
  }

  #hear(frame: string): void {
    if (frame === '2') this.send('3')
    if (frame.startsWith('42["ended",')) this.#said = ended.parse(JSON.parse(frame.slice(2))[1])
    const answer = /^4(0|3\d*\[|4)/.exec(frame)?.[1]
    // Both the socket and its refusal answer the greeting.
    if (answer) this.#waiting.get(answer === '4' ? '0' : answer)?.(frame.slice(1))
  }
}
