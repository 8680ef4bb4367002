import { backOff } from './back-off'

/** When a line that was cut, or refused, is opened again. */
export class Returning {
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly open: () => void) {}

  /**
   * Opens it after `wait` milliseconds: what the server asked for, which spreads its clients over the time it
   * needs for them; else a back-off that grows with each failure. Gives the moment, in milliseconds since 1970.
   */
  after(wait = backOff(this.#failures++)): number {
    this.stop()
    this.#timer = setTimeout(() => this.open(), wait)
    return Date.now() + wait
  }

  now(): void {
    this.stop()
    this.open()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  succeeded(): void {
    this.#failures = 0
  }
}
