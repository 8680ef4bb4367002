import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { type ChannelContract, roomKey } from '#channels/contract'
import {
  type AliveReply,
  type AliveRequest,
  aliveEvery,
  type Ended,
  ended,
  handshakeRefused,
  type Left,
  left,
  maxMessageBytes,
  type Person,
  type Pushed,
  person,
  pushFrame,
} from '#channels/wire'
import { Alive } from './alive'
import { Pace } from './pace'
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
  /** The server has taken this client out of the room. */
  expelled(left: Left): void
  /** Another person, in what they may do: what was denied may be open now. */
  personChanged(): void
}

/**
 * The one socket of a tab and the rooms it is in. It knows no React, and runs in Node as well.
 * It reconnects by itself, with its own timer rather than Socket.IO's, so that the screen can count
 * down; and never again once the session has ended.
 */
export class Connection {
  readonly socket: Socket
  readonly pace = new Pace()
  readonly #rooms = new Map<string, ConnectedRoom>()
  readonly #listeners = new Set<() => void>()
  #status: ConnectionStatus = { is: 'connecting' }
  readonly #returning = new Returning(() => this.#open())
  readonly #alive: Alive
  #hungUp = false
  #csrfToken: Promise<string | undefined> | undefined
  #person: Person | undefined
  #renewing: Promise<unknown> | undefined
  /** When the session was last renewed, by `performance.now()`. */
  #renewedAt = Number.NEGATIVE_INFINITY
  /** The server is about to close the line, and asks us to stay away so long afterwards, in milliseconds. */
  #closing: { retryAfter?: number; timer: ReturnType<typeof setTimeout> } | undefined
  readonly #renew: ConnectionOptions['renew']
  #maxMessageBytes = maxMessageBytes

  constructor({ url, csrfToken, renew, socket, sayAliveEvery = aliveEvery }: ConnectionOptions) {
    this.#renew = renew
    const auth = (give: (data: object) => void) => {
      // Asked for once, not at every return: after a restart everyone returns. Without a token the
      // handshake is refused, and tried again like any other that failed.
      this.#csrfToken ??= csrfToken().catch(() => undefined)
      // If this line is cut meanwhile, the next one asks for itself: greeted twice, it would be closed as malformed.
      const { engine } = this.socket.io
      void this.#csrfToken.then((token) => this.socket.io.engine === engine && give({ csrfToken: token }))
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
      applied: () => this.#applied(),
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
    this.socket.onAny((event: string, frame: unknown) => this.#receive(event, frame))
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
    this.#rooms.set(roomKey(room.channel, room.name), room)
  }

  remove(room: ConnectedRoom): void {
    this.#rooms.delete(roomKey(room.channel, room.name))
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

  #receive(event: string, frame: unknown): void {
    const [channel, what] = event.split(':')
    if (what === 'push') {
      const { success, data } = pushFrame.safeParse(frame)
      if (success) this.#rooms.get(`${channel}/${data.room}`)?.receive(data.pushes)
    } else if (what === 'left') {
      const { success, data } = left.safeParse(frame)
      if (success) this.#rooms.get(`${channel}/${data.room}`)?.expelled(data)
    }
  }

  #personIs(message: unknown): void {
    const { success, data } = person.safeParse(message)
    if (!success) return
    this.#person = data
    for (const room of this.#rooms.values()) room.personChanged()
    for (const listener of this.#listeners) listener()
  }

  #applied(): AliveRequest {
    const seqs: AliveRequest = {}
    for (const [key, { applied }] of this.#rooms) if (applied !== undefined) seqs[key] = applied
    return seqs
  }

  #stillThere({ behind, renew }: AliveReply, asked: number): void {
    for (const listener of this.#listeners) listener()
    for (const [key, seq] of Object.entries(behind)) this.#rooms.get(key)?.catchUpTo(seq)
    // What was asked before the renewal was done may be answered after it.
    if (renew && asked > this.#renewedAt) this.#renewSession()
  }

  /** One at a time; what fails is asked for again with the next `alive`. */
  #renewSession(): void {
    this.#renewing ??= this.#renew?.()
      .then(
        () => {
          this.#renewedAt = performance.now()
        },
        () => {},
      )
      .finally(() => {
        this.#renewing = undefined
      })
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
      if (success && data.code === 'forbidden') this.#csrfToken = undefined
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
