/** A line that was open for so long, in milliseconds, was a success, and the next wait is a short one again. */
const steadyAfter = 10_000

interface Times {
  /** In milliseconds. */
  first: number
  longest: number
}

/**
 * How long to wait before a further try, after so many failures in a row (from 1), in milliseconds: doubling up to
 * `longest`, and spread over the upper half of that, so that all who were cut at once do not return at once
 * (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: equal jitter).
 */
export function backOff(failures: number, { first, longest }: Times): number {
  const ceiling = Math.min(longest, first * 2 ** (failures - 1))
  return ceiling / 2 + (Math.random() * ceiling) / 2
}

/** The tries that have failed in a row, and the wait for the next one. */
export class Tries {
  #failures = 0
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly times: Times) {}

  get failures(): number {
    return this.#failures
  }

  failed(): void {
    this.#failures++
  }

  /** A line that is cut as soon as it opens is as good as a try that failed. `openFor` is in milliseconds. */
  cut(openFor: number): void {
    this.#failures = openFor > steadyAfter ? 1 : this.#failures + 1
  }

  /** Gives how long it waits, in milliseconds. */
  later(next: () => void): number {
    const wait = backOff(this.#failures, this.times)
    this.#timer = setTimeout(next, wait).unref()
    return wait
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
