import { RowHeights } from './row-heights'

/** Of a row that was never shown, in CSS pixels: between a line that goes on and one under its author's name. */
export const estimate = 44
/** So far beyond the window rows are there already when one scrolls, in CSS pixels. */
const beyond = 800
/** Nearer to the end than this counts as at the end. */
const nearEnd = 48

/** What to show: the rows from one number to another, and whether the reader is away from the newest. */
export interface Shown {
  from: number
  to: number
  away: boolean
}

interface Parts {
  /** What scrolls. A reversed column: its own measure is the distance from the end, so that what changes above does not move what is read. */
  log: HTMLElement
  /** Holds the rows, and in its padding the room of those that are not there. */
  list: HTMLElement
}

/** A row that stays where it is, `y` below the upper edge, whatever is loaded or measured around it. */
interface Anchor {
  row: number
  y: number
}

/**
 * Which of the rows 1 to `last` are in the document, and where. Knows neither what a row is nor React: it measures
 * what was laid out, keeps the anchor in its place before the browser paints, and tells when other rows are needed.
 */
export class RowView {
  readonly heights = new RowHeights(estimate)
  readonly #listeners = new Set<() => void>()
  #parts: Parts | undefined
  #shown: Shown
  #last: number
  /** Without one the reader is at the end, and stays there. */
  #anchor: Anchor | undefined
  /** Where the log was when this last looked, to tell a scroll of the reader's from one of ours. */
  #seen = 0
  #width = 0
  /** The padding was made from heights that do not hold any more. */
  #stale = false

  constructor(last: number, first: number) {
    this.#last = last
    this.#shown = { from: Math.max(1, first), to: Number.POSITIVE_INFINITY, away: false }
  }

  get shown(): Shown {
    return this.#shown
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  attach(parts: Parts): () => void {
    this.#parts = parts
    const observer = new ResizeObserver(() => this.settle(this.#last))
    observer.observe(parts.log)
    observer.observe(parts.list)
    parts.log.addEventListener('scroll', this.#scrolled, { passive: true })
    return () => {
      observer.disconnect()
      parts.log.removeEventListener('scroll', this.#scrolled)
      this.#parts = undefined
    }
  }

  /** After everything that may have changed a height; before the browser paints, or what is read would be seen to jump. */
  settle(last: number): void {
    if (!this.#parts) return
    this.#notice(this.#parts)
    const more = last > this.#last
    this.#last = last
    this.#measure(this.#parts)
    if (this.#anchor) this.#keep(this.#parts, this.#anchor)
    else if (more) this.#putAt(this.#parts, 0)
    this.#choose(this.#parts)
  }

  toEnd(): void {
    this.#anchor = undefined
    if (!this.#parts) return
    this.#putAt(this.#parts, 0)
    this.#choose(this.#parts)
  }

  /** Brings a row into sight, a third from the top, where there is enough around it. */
  toRow(row: number): void {
    if (!this.#parts) return
    this.#anchor = { row, y: this.#parts.log.clientHeight / 3 }
    this.#keep(this.#parts, this.#anchor)
    this.#choose(this.#parts)
  }

  /** Where a row is to the window: 0 within it, -1 above, 1 below. */
  sideOf(row: number): -1 | 0 | 1 {
    if (!this.#parts) return 0
    const y = this.#top(this.#parts, row)
    if (y < 0) return -1
    return y > this.#parts.log.clientHeight ? 1 : 0
  }

  readonly #scrolled = (): void => {
    if (!this.#parts) return
    this.#notice(this.#parts)
    this.#choose(this.#parts)
  }

  #notice(parts: Parts): void {
    const { scrollTop } = parts.log
    const moved = Math.abs(scrollTop - this.#seen) > 1
    this.#seen = scrollTop
    if (moved) this.#anchor = distanceFromEnd(parts) < nearEnd ? undefined : this.#anchorIn(parts)
  }

  /** The first row in sight whose height is known: what is to come above it does not move it. */
  #anchorIn(parts: Parts): Anchor {
    const [first, last] = this.#inSight(parts, 0)
    let row = first
    while (row < last && !this.heights.knows(row)) row++
    if (!this.heights.knows(row)) row = first
    return { row, y: this.#top(parts, row) }
  }

  #measure({ log, list }: Parts): void {
    const { clientWidth } = log
    if (clientWidth !== this.#width) {
      this.heights.forget()
      this.#stale = true
      this.#width = clientWidth
    }
    for (const element of list.children) {
      if (!(element instanceof HTMLElement) || !element.dataset.row) continue
      this.heights.measure(Number(element.dataset.row), element.getBoundingClientRect().height)
    }
  }

  #keep(parts: Parts, { row, y }: Anchor): void {
    const off = this.#top(parts, row) - y
    if (Math.abs(off) > 0.5) this.#putAt(parts, parts.log.scrollTop + off)
    if (distanceFromEnd(parts) < 1) this.#anchor = undefined
  }

  #putAt({ log }: Parts, scrollTop: number): void {
    log.scrollTop = scrollTop
    this.#seen = log.scrollTop
  }

  #top({ log, list }: Parts, row: number): number {
    const top = list.getBoundingClientRect().top - log.getBoundingClientRect().top
    return top + this.heights.above(row)
  }

  #inSight(parts: Parts, around: number): [number, number] {
    const top = this.#top(parts, 1)
    const at = (y: number) => this.heights.at(y - top, this.#last)
    return [at(-around), at(parts.log.clientHeight + around)]
  }

  #choose(parts: Parts): void {
    const [first, end] = this.#inSight(parts, beyond / 2)
    let { from, to } = this.#shown
    const enough = from <= first && to >= end && Math.min(to, this.#last) - from < 400
    if (!enough) [from, to] = this.#inSight(parts, beyond)
    if (to >= this.#last) to = Number.POSITIVE_INFINITY
    const away = this.#anchor !== undefined
    const same = from === this.#shown.from && to === this.#shown.to && away === this.#shown.away
    if (same && !this.#stale) return
    this.#stale = false
    this.#shown = { from, to, away }
    for (const listener of this.#listeners) listener()
  }
}

function distanceFromEnd({ log }: Parts): number {
  return Math.abs(log.scrollTop)
}
