import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { type ChannelContract, roomKey } from '#channels/contract'
import { aliveEvery, aliveReply, type Ended, ended, handshakeRefused, type Pushed, pushFrame } from '#channels/wire'
import { backOff } from './back-off'

/** What the person should know of the line. `retryAt` is the time of the next try, in milliseconds since 1970. */
export type ConnectionStatus =
  | { is: 'connecting' }
  | { is: 'connected' }
  | { is: 'reconnecting'; retryAt: number }
  | { is: 'ended'; ended: Ended }

/** A line on which `alive` is not answered by then is dead, in milliseconds. */
const answerWithin = 10_000

export interface ConnectionOptions {
  /** Where the server is; by default where the page came from. */
  url?: string
  csrfToken(): Promise<string | undefined>
  socket?: Partial<ManagerOptions & SocketOptions>
  /** In milliseconds; by default what the wire asks for. */
  sayAliveEvery?: number
}

/** A room as its connection sees it. */
export interface ConnectedRoom {
  readonly channel: ChannelContract
  readonly name: string
  /** The number of the last stream push it applied; undefined while it has not joined. */
  readonly applied: number | undefined
  receive(pushes: Pushed[]): void
  /** The log has come as far as `seq`: what is missing may still be on its way, or was lost. */
  catchUpTo(seq: number): void
  connectionChanged(status: ConnectionStatus): void
}

/**
 * The one socket of a tab and the rooms it is in. It knows no React, and runs in Node as well.
 * It reconnects by itself, with its own timer rather than Socket.IO's, so that the screen can count
 * down; and never again once the session has ended.
 */
export class Connection {
  readonly socket: Socket
  readonly #rooms = new Map<string, ConnectedRoom>()
  readonly #listeners = new Set<() => void>()
  #status: ConnectionStatus = { is: 'connecting' }
  #failures = 0
  #hungUp = false
  #csrfToken: Promise<string | undefined> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #alive: ReturnType<typeof setInterval> | undefined
  #roundTrip: number | undefined

  constructor({ url, csrfToken, socket, sayAliveEvery = aliveEvery }: ConnectionOptions) {
    const auth = (give: (data: object) => void) => {
      // Asked for once, not at every return: after a restart everyone returns. Without a token the
      // handshake is refused, and tried again like any other that failed.
      this.#csrfToken ??= csrfToken().catch(() => undefined)
      void this.#csrfToken.then((token) => give({ csrfToken: token }))
    }
    const options = {
      ...socket,
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      timeout: 10_000,
      auth,
    }
    this.socket = url === undefined ? io(options) : io(url, options)
    this.socket.on('connect', () => {
      this.#failures = 0
      this.#set({ is: 'connected' })
      void this.#sayAlive()
      this.#alive = setInterval(() => void this.#sayAlive(), sayAliveEvery)
    })
    this.socket.on('disconnect', () => {
      clearInterval(this.#alive)
      this.#retry()
    })
    this.socket.on('connect_error', (error: Error & { data?: unknown }) => this.#refused(error.data))
    this.socket.on('ended', (message: unknown) => this.#ended(message))
    this.socket.onAny((event: string, frame: unknown) => this.#receive(event, frame))
    this.connect()
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  /** How long the server's last answer to `alive` took, in milliseconds. */
  get roundTrip(): number | undefined {
    return this.#roundTrip
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  room(key: string): ConnectedRoom | undefined {
    return this.#rooms.get(key)
  }

  add(room: ConnectedRoom): void {
    this.#rooms.set(roomKey(room.channel, room.name), room)
  }

  remove(room: ConnectedRoom): void {
    this.#rooms.delete(roomKey(room.channel, room.name))
  }

  /** Tries now instead of at the end of the countdown. */
  retryNow(): void {
    if (this.#status.is !== 'reconnecting') return
    clearTimeout(this.#timer)
    this.socket.connect()
  }

  /** Cuts a line that may only look whole, so that it is made anew: the browser has said the network is gone. */
  cut(): void {
    if (this.#status.is === 'connected') this.socket.io.engine.close()
  }

  /** Closes for good, and says so on the screen. */
  end(message: Ended): void {
    clearTimeout(this.#timer)
    this.#set({ is: 'ended', ended: message })
    this.socket.disconnect()
  }

  /** Closes without a word, until `connect`: the person is signing out, and the page is about to go. */
  hangUp(): void {
    clearTimeout(this.#timer)
    this.#hungUp = true
    this.#set({ is: 'connecting' })
    this.socket.disconnect()
  }

  /** Opens the line, for the first time or after `hangUp`. */
  connect(): void {
    this.#hungUp = false
    this.socket.connect()
  }

  #receive(event: string, frame: unknown): void {
    if (!event.endsWith(':push')) return
    const { success, data } = pushFrame.safeParse(frame)
    if (success) this.#rooms.get(`${event.slice(0, -':push'.length)}/${data.room}`)?.receive(data.pushes)
  }

  /** Tells the server how far each room has come, and the person how long the answer takes. */
  async #sayAlive(): Promise<void> {
    const applied = [...this.#rooms].flatMap(([key, room]) => (room.applied === undefined ? [] : [[key, room.applied]]))
    const asked = performance.now()
    let answer: unknown
    try {
      answer = await this.socket.timeout(answerWithin).emitWithAck('alive', Object.fromEntries(applied))
    } catch {
      // Cut already, or a line that only looks whole.
      return this.cut()
    }
    this.#roundTrip = performance.now() - asked
    for (const listener of this.#listeners) listener()
    const { success, data } = aliveReply.safeParse(answer)
    if (success) for (const [key, seq] of Object.entries(data.behind)) this.#rooms.get(key)?.catchUpTo(seq)
  }

  #ended(message: unknown): void {
    const { success, data } = ended.safeParse(message)
    if (success && !data.retry) this.end(data)
  }

  #refused(answer: unknown): void {
    const { success, data } = handshakeRefused.safeParse(answer)
    if (success && data.code === 'unauthenticated') this.end(data.ended ?? { reason: 'signed-out', retry: false })
    else {
      if (success && data.code === 'forbidden') this.#csrfToken = undefined
      this.#retry()
    }
  }

  #retry(): void {
    if (this.#status.is === 'ended' || this.#hungUp) return
    const wait = backOff(this.#failures++)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.socket.connect(), wait)
    this.#set({ is: 'reconnecting', retryAt: Date.now() + wait })
  }

  #set(status: ConnectionStatus): void {
    this.#status = status
    for (const room of this.#rooms.values()) room.connectionChanged(status)
    for (const listener of this.#listeners) listener()
  }
}
