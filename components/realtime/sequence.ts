import type { Position, Pushed } from '#channels/wire'

/**
 * How far ahead of its turn a push may be and still be held: more than one answer to a join brings. What is
 * further ahead is asked for again once the others are there; a client that is far behind would else hold all
 * that happens while it catches up.
 */
const farthest = 1_000

/** Puts the stream pushes of a room in their turn: each number once, in order; what is ahead of its turn is held. */
export class Sequence {
  readonly #held = new Map<number, Pushed>()
  #position: Position
  /** The highest number seen, held or not. */
  #newest: number

  constructor(position: Position) {
    this.#position = position
    this.#newest = position.seq
  }

  get position(): Position {
    return this.#position
  }

  /** Whether something has come whose turn has not: what is before it is still on its way, or lost. */
  get hasGap(): boolean {
    return this.#newest > this.#position.seq
  }

  hold(pushed: Pushed): void {
    const { seq = 0 } = pushed
    this.#newest = Math.max(this.#newest, seq)
    if (seq > this.#position.seq && seq <= this.#position.seq + farthest) this.#held.set(seq, pushed)
  }

  /** What comes next, if it is here; it stays so until `advance`. */
  next(): Pushed | undefined {
    return this.#held.get(this.#position.seq + 1)
  }

  advance(): void {
    const seq = this.#position.seq + 1
    this.#held.delete(seq)
    this.#position = { ...this.#position, seq }
  }

  /** Goes on from another position, keeping what is held beyond it. */
  restart(position: Position): void {
    const { epoch, seq } = this.#position
    this.#position = position
    // Without an epoch it was in no log yet, and what has come so far is of this one.
    if ((epoch !== '' && position.epoch !== epoch) || position.seq < seq) this.drop()
    this.#newest = Math.max(this.#newest, position.seq)
    for (const seq of this.#held.keys()) if (seq <= position.seq) this.#held.delete(seq)
  }

  /** Forgets what has come ahead of its turn. */
  drop(): void {
    this.#held.clear()
    this.#newest = this.#position.seq
  }
}
