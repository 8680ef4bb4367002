import type { Position, Pushed } from '#channels/wire'

/** Puts the stream pushes of a room in their turn: each number once, in order; what is ahead of its turn is held. */
export class Sequence {
  readonly #held = new Map<number, Pushed>()
  #position: Position

  constructor(position: Position) {
    this.#position = position
  }

  get position(): Position {
    return this.#position
  }

  /** Whether something is held whose turn has not come: what is before it is still on its way, or lost. */
  get hasGap(): boolean {
    return this.#held.size > 0
  }

  hold(pushed: Pushed): void {
    if (pushed.seq !== undefined && pushed.seq > this.#position.seq) this.#held.set(pushed.seq, pushed)
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
    if (position.epoch !== this.#position.epoch) this.#held.clear()
    this.#position = position
    for (const seq of this.#held.keys()) if (seq <= position.seq) this.#held.delete(seq)
  }

  drop(): void {
    this.#held.clear()
  }
}
