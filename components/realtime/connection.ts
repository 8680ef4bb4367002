import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import {
  type AliveReply,
  aliveEvery,
  type Ended,
  ended,
  handshakeRefused,
  maxMessageBytes,
  type Person,
  person,
} from '#channels/wire'
import { Alive } from './alive'
import { type ConnectedRoom, ConnectedRooms } from './connected-rooms'
import { Greeting } from './greeting'
import { Pace } from './pace'
import { Renewal } from './renewal'
import { Returning } from './returning'

/** What the person should know of the line. `retryAt` is the time of the next try, in milliseconds since 1970. */
export type ConnectionStatus =
  | { is: 'connecting' }
  | { is: 'connected' }
  | { is: 'reconnecting'; retryAt: number }
  | { is: 'ended'; ended: Ended }

/** The server closes the line by itself once it has answered what it was asked; else we do, in milliseconds. */
const closedWithin = 10_000

export interface ConnectionOptions {
  /** Where the server is; by default where the page came from. */
  url?: string
  csrfToken(): Promise<string | undefined>
  /** Has the session last longer, if its person is there. Asked for when half of its life is over, until it is done. */
  renew?(): Promise<unknown>
  socket?: Partial<ManagerOptions & SocketOptions>
  /** In milliseconds; by default what the wire asks for. */
  sayAliveEvery?: number
}

/**
 * The one socket of a tab and the rooms it is in. It knows no React, and runs in Node as well.
 * It reconnects by itself, with its own timer rather than Socket.IO's, so that the screen can count
 * down; and never again once the session has ended.
 */
export class Connection {
  readonly socket: Socket
  readonly pace = new Pace()
  readonly #rooms = new ConnectedRooms()
  readonly #listeners = new Set<() => void>()
  #status: ConnectionStatus = { is: 'connecting' }
  readonly #returning = new Returning(() => this.#open())
  readonly #alive: Alive
  #hungUp = false
  readonly #greeting: Greeting
  readonly #renewal: Renewal
  #person: Person | undefined
  /** The server is about to close the line, and asks us to stay away so long afterwards, in milliseconds. */
  #closing: { retryAfter?: number; timer: ReturnType<typeof setTimeout> } | undefined
  #maxMessageBytes = maxMessageBytes

  constructor({ url, csrfToken, renew, socket, sayAliveEvery = aliveEvery }: ConnectionOptions) {
    this.#greeting = new Greeting(csrfToken)
    this.#renewal = new Renewal(renew)
    const auth = (give: (data: object) => void) => {
      // If this line is cut meanwhile, the next one asks for itself: greeted twice, it would be closed as malformed.
      const { engine } = this.socket.io
      void this.#greeting.say().then((greeting) => this.socket.io.engine === engine && give(greeting))
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
    this.#alive = new Alive(this.socket, sayAliveEvery, {
      applied: () => this.#rooms.applied(),
      answered: (reply, asked) => this.#stillThere(reply, asked),
      unanswered: () => this.cut(),
    })
    this.socket.on('connect', () => {
      this.#returning.succeeded()
      this.#set({ is: 'connected' })
      this.#alive.start()
    })
    this.socket.on('disconnect', () => {
      this.#alive.stop()
      clearTimeout(this.#closing?.timer)
      this.#retry(this.#closing?.retryAfter)
      this.#closing = undefined
    })
    this.socket.on('connect_error', (error: Error & { data?: unknown }) => this.#refused(error.data))
    this.socket.on('ended', (message: unknown) => this.#ended(message))
    this.socket.on('person', (message: unknown) => this.#personIs(message))
    this.socket.onAny((event: string, frame: unknown) => this.#rooms.receive(event, frame))
    this.connect()
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  /** Who the server says the session's person is; undefined before the line was first open. */
  get person(): Person | undefined {
    return this.#person
  }

  /** How long the server's last answer to `alive` took, in milliseconds. */
  get roundTrip(): number | undefined {
    return this.#alive.roundTrip
  }

  /** How far the server's clock is ahead of this one, in milliseconds; undefined until it has said so. */
  get ahead(): number | undefined {
    return this.#alive.ahead
  }

  /** The longest message this server takes; it says so when the line opens. */
  get maxMessageBytes(): number {
    return this.#maxMessageBytes
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  room(key: string): ConnectedRoom | undefined {
    return this.#rooms.get(key)
  }

  add(room: ConnectedRoom): void {
    this.#rooms.add(room)
  }

  remove(key: string): void {
    this.#rooms.delete(key)
  }

  /** Tries now instead of at the end of the countdown. */
  retryNow(): void {
    // A line that the server is about to close still brings answers.
    if (this.#status.is === 'reconnecting' && !this.#closing) this.#returning.now()
  }

  /** Cuts a line that may only look whole, so that it is made anew: the browser has said the network is gone. */
  cut(): void {
    if (this.#status.is === 'connected') this.socket.io.engine.close()
  }

  /** Closes for good, and says so on the screen. */
  end(message: Ended): void {
    this.#returning.stop()
    this.#set({ is: 'ended', ended: message })
    this.socket.disconnect()
  }

  /** Closes without a word, until `connect`: the person is signing out, and the page is about to go. */
  hangUp(): void {
    this.#returning.stop()
    this.#hungUp = true
    this.#set({ is: 'connecting' })
    this.socket.disconnect()
  }

  /** Opens the line, for the first time or after `hangUp`. */
  connect(): void {
    this.#hungUp = false
    this.#open()
  }

  #open(): void {
    // While a line is being opened Socket.IO would greet on it once more.
    if (['opening', 'open'].includes(this.socket.io.engine?.readyState)) return
    this.socket.connect()
    this.socket.io.engine.once('handshake', ({ maxPayload }) => {
      this.#maxMessageBytes = maxPayload
    })
  }

  #personIs(message: unknown): void {
    const { success, data } = person.safeParse(message)
    if (!success) return
    this.#person = data
    for (const room of this.#rooms.values()) room.personChanged()
    for (const listener of this.#listeners) listener()
  }

  #stillThere({ behind, renew }: AliveReply, asked: number): void {
    for (const listener of this.#listeners) listener()
    for (const [key, seq] of Object.entries(behind)) this.#rooms.get(key)?.catchUpTo(seq)
    if (renew) this.#renewal.wanted(asked)
  }

  #ended(message: unknown): void {
    const { success, data } = ended.safeParse(message)
    if (success && data.retry) this.#goesAway(data)
    else if (success) this.end(data)
  }

  /** Nothing new goes into this line, but what was asked on it is still answered; then the server closes it. */
  #goesAway({ retryAfter }: Ended): void {
    clearTimeout(this.#closing?.timer)
    const timer = setTimeout(() => this.socket.io.engine.close(), closedWithin)
    this.#closing = { retryAfter, timer }
    this.#alive.stop()
    this.#set({ is: 'reconnecting', retryAt: Date.now() + (retryAfter ?? 0) })
  }

  #refused(answer: unknown): void {
    const { success, data } = handshakeRefused.safeParse(answer)
    if (success && data.code === 'unauthenticated') this.end(data.ended ?? { reason: 'signed-out', retry: false })
    else {
      if (success && data.code === 'forbidden') this.#greeting.forget()
      this.#retry(data?.retryAfter)
    }
  }

  #retry(retryAfter?: number): void {
    if (this.#status.is === 'ended' || this.#hungUp) return
    this.#set({ is: 'reconnecting', retryAt: this.#returning.after(retryAfter) })
  }

  #set(status: ConnectionStatus): void {
    this.#status = status
    for (const room of this.#rooms.values()) room.connectionChanged(status)
    for (const listener of this.#listeners) listener()
  }
}
