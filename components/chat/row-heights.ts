/** How many rows share one sum. */
const blockLength = 256

/**
 * How tall the rows 1, 2, 3 … are, in CSS pixels: as measured, and as estimated where a row was never shown. What
 * differs from the estimate is summed by blocks, so that a place among a hundred thousand rows is found by a few
 * hundred additions.
 */
export class RowHeights {
  readonly #measured = new Map<number, number>()
  readonly #surplus = new Map<number, number>()

  constructor(readonly estimate: number) {}

  knows(row: number): boolean {
    return this.#measured.has(row)
  }

  measure(row: number, height: number): void {
    const block = blockOf(row)
    const change = height - this.#of(row)
    if (change === 0 && this.knows(row)) return
    this.#measured.set(row, height)
    this.#surplus.set(block, (this.#surplus.get(block) ?? 0) + change)
  }

  /** All of it, when the rows are laid out anew: in a window of another width. */
  forget(): void {
    this.#measured.clear()
    this.#surplus.clear()
  }

  /** The height of all rows before this one. */
  above(row: number): number {
    const block = blockOf(row)
    let height = firstOf(block) * this.estimate - this.estimate
    for (const [one, surplus] of this.#surplus) if (one < block) height += surplus
    for (let one = firstOf(block); one < row; one++) height += this.#of(one)
    return height
  }

  /** The row in which this distance from the top of the first one ends; of those up to `last`. */
  at(distance: number, last: number): number {
    let block = 0
    let left = Math.max(0, distance)
    for (; firstOf(block + 1) <= last; block++) {
      const height = blockLength * this.estimate + (this.#surplus.get(block) ?? 0)
      if (left < height) break
      left -= height
    }
    let row = firstOf(block)
    for (; row < last; row++) {
      left -= this.#of(row)
      if (left < 0) break
    }
    return Math.min(row, Math.max(1, last))
  }

  #of(row: number): number {
    return this.#measured.get(row) ?? this.estimate
  }
}

const blockOf = (row: number) => Math.floor((row - 1) / blockLength)
const firstOf = (block: number) => block * blockLength + 1
