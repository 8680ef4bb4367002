import {
  type CallInput,
  type CallName,
  type CallOutput,
  type ChannelContract,
  roomKey,
  type StateOf,
} from '#channels/contract'
import type { FirstPaint, JoinReply, Left, Position, Pushed, Refused } from '#channels/wire'
import { sendCall } from './call'
import type { ConnectedRoom } from './connected-rooms'
import type { Connection, ConnectionStatus } from './connection'
import type { Fold } from './fold'
import { Joining } from './joining'
import type { LatestValues } from './latest'
import { RoomCopy } from './room-copy'
import { report, Watchers } from './watchers'

export type RoomStatus = 'joining' | 'joined' | 'offline' | 'denied' | 'ended'

export interface RoomSnapshot<C extends ChannelContract> {
  state: StateOf<C>
  latest: LatestValues<C>
  status: RoomStatus
  /** Why the room was denied. */
  refusal?: Refused
}

/** How long to hold pushes that came out of turn: another node's may still be on its way. In milliseconds. */
const gapPatience = 200
/** How long to wait before asking again after the server could not answer a join, in milliseconds. */
const joinAgain = 2_000

/** Refusals that are gone when one asks again. */
const passing = new Set<Refused['code']>(['unavailable', 'internal', 'rate-limited'])

/**
 * One room of one tab, however many components show it: joins, has its copy take what comes, and finds its way back
 * after a cut from the position it reached.
 */
export class Room<C extends ChannelContract> implements ConnectedRoom {
  readonly key: string
  readonly #listeners = new Set<() => void>()
  readonly #watchers = new Watchers()
  readonly #copy: RoomCopy<C>
  readonly #joining = new Joining(this, (reply) => this.#answered(reply))
  #snapshot: RoomSnapshot<C>
  #members = 0

  constructor(
    readonly connection: Connection,
    readonly channel: C,
    readonly name: string,
    initial: FirstPaint<StateOf<C>>,
    fold: Fold<C>,
  ) {
    this.key = roomKey(channel, name)
    this.#copy = new RoomCopy(channel, initial, fold, {
      changed: () => this.#set({}),
      applied: (pushed) => this.#watchers.tell(pushed),
      outdated: (error) => this.#outdated(error),
    })
    this.#snapshot = { state: this.#copy.state, latest: this.#copy.latest, status: 'joining' }
  }

  get snapshot(): RoomSnapshot<C> {
    return this.#snapshot
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** How far in the room's log this tab is. */
  get position(): Position {
    return this.#copy.position
  }

  get applied(): number | undefined {
    return this.#snapshot.status === 'joined' ? this.position.seq : undefined
  }

  catchUpTo(seq: number): void {
    if (this.applied !== undefined && this.applied < seq) this.#joining.later(gapPatience)
  }

  /** Sees every push once, after it has been folded, those of a replay included. */
  watch(watcher: (pushed: Pushed) => void): () => void {
    return this.#watchers.add(watcher)
  }

  /** One more component shows the room; the first one joins it. `initial` counts if it is newer than what is here. */
  enter(initial: FirstPaint<StateOf<C>>, fold: Fold<C>): void {
    this.#members++
    this.#copy.paint(initial, fold)
    if (this.connection.room(this.key) === this) return
    this.connection.add(this)
    this.connectionChanged(this.connection.status)
  }

  /**
   * One component, or one call, fewer. The last one leaves, but only after this turn: React mounts twice in strict
   * mode, and a page that replaces another may show the same room.
   */
  exit(): void {
    this.#members--
    setTimeout(() => {
      if (this.#members > 0 || this.connection.room(this.key) !== this) return
      this.connection.remove(this.key)
      this.#joining.forget()
      this.#set({ status: 'joining' })
      if (this.connection.status.is === 'connected')
        this.connection.socket.emit(`${this.channel.name}:leave`, { room: this.name })
    })
  }

  /**
   * Asks the server. Resolves with the output; rejects with a CallRefused, whose code is `unavailable`
   * when the line is cut or no answer comes within 10 s, in which case the call may have been carried out.
   */
  async call<N extends CallName<C>>(name: N, input: CallInput<C, N>): Promise<CallOutput<C, N>> {
    const { replaced } = this.#copy
    // A call keeps the room open: what was sent offline is on its way though the person looks elsewhere meanwhile.
    this.#members++
    try {
      const output = await sendCall(this, name, input)
      this.#copy.answer(name, output, replaced)
      return output
    } finally {
      this.exit()
    }
  }

  /** Sends a volatile call: once, without an answer, and not at all while the line is cut. */
  hint<N extends CallName<C>>(name: N, input: CallInput<C, N>): void {
    if (this.#snapshot.status !== 'joined') return
    this.connection.socket.volatile.emit(`${this.channel.name}:${name}`, { room: this.name, input })
  }

  connectionChanged(status: ConnectionStatus): void {
    if (this.#copy.isOutdated) return
    if (status.is === 'connected') {
      this.#join()
      return
    }
    this.#joining.forget()
    this.#copy.drop()
    if (this.#snapshot.status === 'denied') return
    const statuses = { connecting: 'joining', reconnecting: 'offline', ended: 'ended' } as const
    this.#set({ status: statuses[status.is] })
  }

  expelled({ code, message }: Left): void {
    if (this.#copy.isOutdated) return
    this.#joining.forget()
    this.#copy.drop()
    this.#set({ status: 'denied', refusal: { ok: false, code, message } })
  }

  /** Asks again without a word: the person sees what was denied until it is open. */
  personChanged(): void {
    if (!this.#copy.isOutdated && this.#snapshot.status === 'denied') this.#joining.now()
  }

  receive(pushes: Pushed[]): void {
    if (this.#copy.isOutdated) return
    this.#copy.hold(pushes)
    if (this.#snapshot.status !== 'joined') return
    this.#copy.pass(pushes)
    this.#applyHeld()
  }

  #join(): void {
    if (this.#snapshot.status !== 'joined') this.#set({ status: 'joining', refusal: undefined })
    this.#joining.now()
  }

  #answered(reply: JoinReply | undefined): void {
    if (reply?.ok) this.#granted(reply)
    else if (!reply || passing.has(reply.code)) {
      this.#set({ status: 'joining' })
      this.#joining.later(reply?.retryAfter ?? joinAgain)
    } else this.#set({ status: 'denied', refusal: reply })
  }

  #granted(reply: Extract<JoinReply, { ok: true }>): void {
    this.#copy.catchUp(reply)
    if (this.#copy.isOutdated) return
    const more = 'pushes' in reply && reply.more
    if (!more) this.#set({ status: 'joined', refusal: undefined })
    this.#applyHeld()
    if (more && !this.#copy.isOutdated) this.#join()
  }

  /** What is missing before that which is held is waited for, then asked for. */
  #applyHeld(): void {
    this.#copy.applyHeld()
    if (this.#copy.isOutdated) return
    if (this.#copy.hasGap) this.#joining.later(gapPatience)
    else this.#joining.stopWaiting()
  }

  /** The room stays denied until the page is loaded again. */
  #outdated(error: unknown): void {
    this.#joining.forget()
    const message = 'This page is older than the server. Load it again.'
    this.#set({ status: 'denied', refusal: { ok: false, code: 'internal', message } })
    report(error)
  }

  #set(change: Partial<Pick<RoomSnapshot<C>, 'status' | 'refusal'>>): void {
    const { state, latest } = this.#copy
    this.#snapshot = { ...this.#snapshot, state, latest, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** Enters a room of this connection, the one already open where there is one. Give it back with `exit`. */
export function openRoom<C extends ChannelContract>(
  connection: Connection,
  channel: C,
  name: string,
  initial: FirstPaint<StateOf<C>>,
  fold: Fold<C>,
): Room<C> {
  // A key begins with the name of its channel, so what is found under it is a room of that channel.
  const found = connection.room(roomKey(channel, name)) as Room<C> | undefined
  const room = found ?? new Room(connection, channel, name, initial, fold)
  room.enter(initial, fold)
  return room
}
