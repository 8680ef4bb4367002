import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

interface Relay {
  near: Socket
  far: Socket
}

/**
 * For tests: the cable between a client and the server. A client opens `url` in the server's place, and the
 * cable can be cut or clogged without either of them having a say in it.
 */
export class Cable {
  readonly #relays = new Set<Relay>()
  #held = 0

  private constructor(
    private readonly listener: Server,
    private readonly port: number,
  ) {
    listener.on('connection', (near) => this.#relay(near))
  }

  /** A cable to the server at this address. */
  static async to(serverUrl: string): Promise<Cable> {
    const listener = createServer()
    await once(listener.listen(0, '127.0.0.1'), 'listening')
    return new Cable(listener, Number(new URL(serverUrl).port))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`
  }

  /** Resets the connection on both sides; what was under way is lost. */
  cut(): void {
    for (const { near, far } of this.#relays) for (const end of [near, far]) end.resetAndDestroy()
  }

  /** What the server sends is not read until `flow`: it piles up in the kernel, and then in the server. */
  hold(): void {
    this.#held++
    for (const { near, far } of this.#relays) far.unpipe(near)
  }

  /** Ends one `hold`. */
  flow(): void {
    this.#held--
    if (this.#held === 0) for (const { near, far } of this.#relays) far.pipe(near)
  }

  close(): void {
    this.listener.close()
    this.cut()
  }

  #relay(near: Socket): void {
    const far = connect(this.port, '127.0.0.1')
    const relay = { near, far }
    this.#relays.add(relay)
    for (const end of [near, far]) {
      // A server that is not there, or either side's own reset: both hear of it by the close.
      end.on('error', () => end.destroy())
      end.on('close', () => {
        near.destroy()
        far.destroy()
        this.#relays.delete(relay)
      })
    }
    near.pipe(far)
    if (this.#held === 0) far.pipe(near)
  }
}
