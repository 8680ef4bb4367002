import { once } from 'node:events'
import { type WebSocket, WebSocketServer } from 'ws'

/** For tests: an exchange that says what it is told to, and only that. */
export class TestExchange {
  /** What it says to whoever comes. */
  greeting = ''
  readonly #server: WebSocketServer

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', (peer) => {
      if (this.greeting) peer.send(this.greeting)
    })
  }

  static async open(): Promise<TestExchange> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    return new TestExchange(server)
  }

  get peers(): WebSocket[] {
    return [...this.#server.clients]
  }

  /** What a server must be told to listen to it. */
  get settings() {
    const address = this.#server.address()
    const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    return { EXCHANGE_URL: `ws://${host}/quotes?token=hunter2`, OUTBOUND_ALLOW: host }
  }

  say(message: string | Buffer): void {
    for (const peer of this.peers) peer.send(message)
  }

  quote(symbol: string, price: number): void {
    this.say(JSON.stringify({ quotes: [{ symbol, price, at: Date.now() }] }))
  }

  close(): void {
    for (const peer of this.peers) peer.terminate()
    this.#server.close()
  }
}
