import type { CallName, CallOutput, ChannelContract, StateOf } from '#channels/contract'
import type { FirstPaint, JoinReply, Position, Pushed } from '#channels/wire'
import { applyOutput, applyPush, type Fold, parsePush, parseState } from './fold'
import { Latest, type LatestValues } from './latest'
import { Sequence } from './sequence'

type Granted = Extract<JoinReply, { ok: true }>

interface Listener {
  /** The state, or the newest values, are others. */
  changed(): void
  /** A push has been applied, or was of those without a number: each is heard once. */
  applied(pushed: Pushed): void
  /** What came does not fit this page's contract. Nothing is applied from here on. */
  outdated(error: unknown): void
}

/**
 * What one tab holds of a room: its state and its newest values, and how far in the room's log they are. Whatever
 * comes is parsed by this page's contract, and applied exactly once and in order.
 */
export class RoomCopy<C extends ChannelContract> {
  readonly #sequence: Sequence
  readonly #latest: Latest<C>
  #state: StateOf<C>
  #fold: Fold<C>
  #replaced = 0
  #outdated = false

  constructor(
    private readonly channel: C,
    initial: FirstPaint<StateOf<C>>,
    fold: Fold<C>,
    private readonly listener: Listener,
  ) {
    this.#fold = fold
    this.#sequence = new Sequence(initial.position)
    this.#latest = new Latest(channel, initial.latest)
    this.#state = initial.state
  }

  get state(): StateOf<C> {
    return this.#state
  }

  get latest(): LatestValues<C> {
    return this.#latest.values
  }

  get position(): Position {
    return this.#sequence.position
  }

  /** Counts the states that replaced another. */
  get replaced(): number {
    return this.#replaced
  }

  /** The server is newer than this page, and nothing after what was not understood can be trusted. */
  get isOutdated(): boolean {
    return this.#outdated
  }

  /** Something has come whose turn has not: what is before it is still on its way, or lost. */
  get hasGap(): boolean {
    return this.#sequence.hasGap
  }

  /** The room was rendered once more, and is folded so from now on. What was rendered counts if it is newer. */
  paint(initial: FirstPaint<StateOf<C>>, fold: Fold<C>): void {
    this.#fold = fold
    const { epoch, seq } = initial.position
    const { position } = this.#sequence
    if (epoch === position.epoch && seq > position.seq) this.#replace(initial)
  }

  /** A call asked of the state counted as `replaced` was answered; it need not fit one that took its place. */
  answer<N extends CallName<C>>(name: N, output: CallOutput<C, N>, replaced: number): void {
    if (replaced === this.#replaced) this.#put(applyOutput(this.#fold, this.#state, name, output))
  }

  /** What the server grants whoever joins: what was missed, or a whole state. */
  catchUp(reply: Granted): void {
    if ('pushes' in reply) this.hold(reply.pushes)
    else {
      this.#understand(
        () => parseState(this.channel, reply.state),
        (state) => this.#replace({ state, position: reply.position }),
      )
    }
    const { latest } = reply
    if (!latest) return
    this.#understand(
      () => latest.map((pushed) => parsePush(this.channel, pushed)),
      (parsed) => {
        this.#latest.replace(parsed)
        this.listener.changed()
      },
    )
  }

  /** What has a number waits for its turn. */
  hold(pushes: Pushed[]): void {
    for (const pushed of pushes) if (pushed.seq !== undefined) this.#sequence.hold(pushed)
  }

  /** What has no number is handed on: newest values are kept, and what is volatile is heard once. */
  pass(pushes: Pushed[]): void {
    this.#understand(
      () => pushes.filter(({ seq }) => seq === undefined).map((pushed) => parsePush(this.channel, pushed)),
      (parsed) => {
        const before = this.latest
        this.#latest.apply(parsed)
        if (this.latest !== before) this.listener.changed()
        for (const pushed of parsed) this.listener.applied(pushed)
      },
    )
  }

  /** Applies what is held and next in turn. */
  applyHeld(): void {
    for (let next = this.#sequence.next(); next && !this.#outdated; next = this.#sequence.next()) {
      const pushed = next
      this.#understand(
        () => {
          const parsed = parsePush(this.channel, pushed)
          return { parsed, state: applyPush(this.#fold, this.#state, parsed) }
        },
        ({ parsed, state }) => {
          this.#sequence.advance()
          this.#put(state)
          this.listener.applied(parsed)
        },
      )
    }
  }

  /** The line was cut: what has come ahead of its turn comes again. */
  drop(): void {
    this.#sequence.drop()
  }

  #replace({ state, position }: FirstPaint<StateOf<C>>): void {
    this.#replaced++
    this.#sequence.restart(position)
    this.#put(state)
  }

  #put(state: StateOf<C>): void {
    this.#state = state
    this.listener.changed()
  }

  #understand<Parsed>(parse: () => Parsed, then: (parsed: Parsed) => void): void {
    if (this.#outdated) return
    let parsed: Parsed
    try {
      parsed = parse()
    } catch (error) {
      this.#outdated = true
      this.#sequence.drop()
      this.listener.outdated(error)
      return
    }
    then(parsed)
  }
}
