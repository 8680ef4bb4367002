import { type CloseCount, type CloseReason, closeMinutes } from '#channels/monitor'

const minuteLength = 60_000

/** Why sockets of this node were closed in each minute of the last hour. */
export class CloseCounts {
  readonly #minutes = new Map<number, Map<CloseReason, number>>()

  /** `now` is in milliseconds since 1970. */
  note(reason: CloseReason, now = Date.now()): void {
    const minute = now - (now % minuteLength)
    const counts = this.#minutes.get(minute) ?? new Map<CloseReason, number>()
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
    this.#minutes.set(minute, counts)
    this.#forget(now)
  }

  /** Minutes in which nothing was closed are left out. */
  of(node: string, now = Date.now()): CloseCount[] {
    this.#forget(now)
    return Array.from(this.#minutes, ([minute, counts]) => ({
      node,
      minute,
      reasons: Array.from(counts, ([reason, closes]) => ({ reason, closes })),
    }))
  }

  #forget(now: number): void {
    for (const minute of this.#minutes.keys()) {
      if (minute <= now - closeMinutes * minuteLength) this.#minutes.delete(minute)
    }
  }
}
