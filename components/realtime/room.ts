import {
  type CallInput,
  type CallName,
  type CallOutput,
  type ChannelContract,
  roomKey,
  type StateOf,
} from '#channels/contract'
import { type FirstPaint, type JoinReply, joinReply, type Left, type Pushed, type Refused } from '#channels/wire'
import { sendCall } from './call'
import type { ConnectedRoom, Connection, ConnectionStatus } from './connection'
import { applyOutput, applyPush, type Fold, parsePush, parseState } from './fold'
import { Joining } from './joining'
import { Latest, type LatestValues } from './latest'
import { Sequence } from './sequence'

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
const answerWithin = 10_000

/** Refusals that are gone when one asks again. */
const passing = new Set<Refused['code']>(['unavailable', 'internal', 'rate-limited'])

type Granted = Extract<JoinReply, { ok: true }>

/**
 * One room of one tab, however many components show it: joins, folds what comes into its state exactly
 * once and in order, and finds its way back after a cut from the position it reached.
 */
export class Room<C extends ChannelContract> implements ConnectedRoom {
  readonly key: string
  readonly #listeners = new Set<() => void>()
  readonly #watchers = new Set<(pushed: Pushed) => void>()
  readonly #sequence: Sequence
  readonly #latest: Latest<C>
  #snapshot: RoomSnapshot<C>
  #fold: Fold<C>
  #members = 0
  /** Counts the states that replaced another. */
  #replaced = 0
  readonly #joining = new Joining(
    (answer) => this.#askToJoin(answer),
    (reply) => this.#answered(reply),
  )
  #outdated = false

  constructor(
    readonly connection: Connection,
    readonly channel: C,
    readonly name: string,
    initial: FirstPaint<StateOf<C>>,
    fold: Fold<C>,
  ) {
    this.key = roomKey(channel, name)
    this.#fold = fold
    this.#sequence = new Sequence(initial.position)
    this.#latest = new Latest(channel, initial.latest)
    this.#snapshot = { state: initial.state, latest: this.#latest.values, status: 'joining' }
  }

  get snapshot(): RoomSnapshot<C> {
    return this.#snapshot
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get applied(): number | undefined {
    return this.#snapshot.status === 'joined' ? this.#sequence.position.seq : undefined
  }

  catchUpTo(seq: number): void {
    if (this.applied !== undefined && this.applied < seq) this.#joining.later(gapPatience)
  }

  /** Sees every push once, after it has been folded, those of a replay included. */
  watch(watcher: (pushed: Pushed) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** One more component shows the room; the first one joins it. `initial` counts if it is newer than what is here. */
  enter(initial: FirstPaint<StateOf<C>>, fold: Fold<C>): void {
    this.#members++
    this.#fold = fold
    const { epoch, seq } = initial.position
    const { position } = this.#sequence
    if (epoch === position.epoch && seq > position.seq) this.#replace(initial)
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
      this.connection.remove(this)
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
    const replaced = this.#replaced
    // A call keeps the room open: what was sent offline is on its way though the person looks elsewhere meanwhile.
    this.#members++
    try {
      const output = await sendCall(this, name, input)
      // What was asked of a state that has been replaced since need not fit the new one.
      if (replaced === this.#replaced) this.#set({ state: applyOutput(this.#fold, this.#snapshot.state, name, output) })
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
    if (this.#outdated) return
    if (status.is === 'connected') {
      this.#join()
      return
    }
    this.#joining.forget()
    this.#sequence.drop()
    if (this.#snapshot.status === 'denied') return
    const statuses = { connecting: 'joining', reconnecting: 'offline', ended: 'ended' } as const
    this.#set({ status: statuses[status.is] })
  }

  expelled({ code, message }: Left): void {
    if (this.#outdated) return
    this.#joining.forget()
    this.#sequence.drop()
    this.#set({ status: 'denied', refusal: { ok: false, code, message } })
  }

  /** Asks again without a word: the person sees what was denied until it is open. */
  personChanged(): void {
    if (!this.#outdated && this.#snapshot.status === 'denied') this.#joining.now()
  }

  receive(pushes: Pushed[]): void {
    if (this.#outdated) return
    for (const pushed of pushes) if (pushed.seq !== undefined) this.#sequence.hold(pushed)
    if (this.#snapshot.status !== 'joined') return
    this.#pass(pushes.filter(({ seq }) => seq === undefined))
    this.#applyHeld()
  }

  #join(): void {
    if (this.#snapshot.status !== 'joined') this.#set({ status: 'joining', refusal: undefined })
    this.#joining.now()
  }

  #answered(reply: JoinReply | undefined): void {
    if (reply?.ok) this.#catchUp(reply)
    else if (!reply || passing.has(reply.code)) {
      this.#set({ status: 'joining' })
      this.#joining.later(reply?.retryAfter ?? joinAgain)
    } else this.#set({ status: 'denied', refusal: reply })
  }

  #catchUp(reply: Granted): void {
    if ('pushes' in reply) for (const pushed of reply.pushes) this.#sequence.hold(pushed)
    else {
      this.#understand(
        () => parseState(this.channel, reply.state),
        (state) => this.#replace({ state, position: reply.position }),
      )
    }
    const { latest } = reply
    if (latest) {
      this.#understand(
        () => latest.map((pushed) => parsePush(this.channel, pushed)),
        (parsed) => this.#latest.replace(parsed),
      )
    }
    if (this.#outdated) return
    const more = 'pushes' in reply && reply.more
    this.#set({ latest: this.#latest.values, ...(!more && { status: 'joined', refusal: undefined }) })
    this.#applyHeld()
    if (more && !this.#outdated) this.#join()
  }

  #askToJoin(answer: (reply: JoinReply | undefined) => void): void {
    const { socket } = this.connection
    const request = { room: this.name, position: this.#sequence.position }
    // Not by a promise, which tells a turn later. No answer in time, or the line was cut: then the next connection joins again.
    const acknowledged = (error: Error | null, reply: unknown) =>
      answer(error ? undefined : joinReply.safeParse(reply).data)
    socket.timeout(answerWithin).emit(`${this.channel.name}:join`, request, acknowledged)
  }

  /** Hands on what has no number: newest values are held, and what is volatile is heard once. */
  #pass(pushes: Pushed[]): void {
    this.#understand(
      () => pushes.map((pushed) => parsePush(this.channel, pushed)),
      (parsed) => {
        this.#latest.apply(parsed)
        if (this.#latest.values !== this.#snapshot.latest) this.#set({ latest: this.#latest.values })
        for (const pushed of parsed) this.#tell(pushed)
      },
    )
  }

  /** Applies what is next in turn; what is missing before that which is held is waited for, then asked for. */
  #applyHeld(): void {
    for (let next = this.#sequence.next(); next && !this.#outdated; next = this.#sequence.next()) {
      const pushed = next
      this.#understand(
        () => {
          const parsed = parsePush(this.channel, pushed)
          return { parsed, state: applyPush(this.#fold, this.#snapshot.state, parsed) }
        },
        ({ parsed, state }) => {
          this.#sequence.advance()
          this.#set({ state })
          this.#tell(parsed)
        },
      )
    }
    if (this.#outdated) return
    if (this.#sequence.hasGap) this.#joining.later(gapPatience)
    else this.#joining.stopWaiting()
  }

  #replace({ state, position }: FirstPaint<StateOf<C>>): void {
    this.#replaced++
    this.#sequence.restart(position)
    this.#set({ state })
  }

  /**
   * Parses by this page's contract. What does not fit it comes from a newer server, and nothing after it
   * can be trusted: the room stays denied until the page is loaded again.
   */
  #understand<Parsed>(parse: () => Parsed, then: (parsed: Parsed) => void): void {
    let parsed: Parsed
    try {
      parsed = parse()
    } catch (error) {
      this.#outdated = true
      this.#joining.forget()
      this.#sequence.drop()
      const message = 'This page is older than the server. Load it again.'
      this.#set({ status: 'denied', refusal: { ok: false, code: 'internal', message } })
      report(error)
      return
    }
    then(parsed)
  }

  #tell(pushed: Pushed): void {
    for (const watcher of this.#watchers) {
      try {
        watcher(pushed)
      } catch (error) {
        report(error)
      }
    }
  }

  #set(change: Partial<RoomSnapshot<C>>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** For the console and whoever collects errors: the room itself has dealt with it. */
function report(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
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
