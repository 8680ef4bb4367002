import type { JoinReply } from '#channels/wire'

/**
 * Asks to join a room: one question at a time, and one wait for the next, however often it is wanted.
 * (In a busy room every push would otherwise put the question off.)
 */
export class Joining {
  /** Counts what makes the answer to an earlier question worthless. */
  #attempt = 0
  #asking = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * `ask` hands on the answer, or nothing when there was none; `answered` hears only what still counts, and in the
   * turn in which it came: pushes may follow the answer in the same turn, and come after what it says.
   */
  constructor(
    private readonly ask: (answer: (reply: JoinReply | undefined) => void) => void,
    private readonly answered: (reply: JoinReply | undefined) => void,
  ) {}

  now(): void {
    this.forget()
    const attempt = this.#attempt
    this.#asking = true
    this.ask((reply) => {
      if (attempt !== this.#attempt) return
      this.#asking = false
      this.answered(reply)
    })
  }

  /** Asks after `wait` milliseconds, unless it is asking or waiting already. */
  later(wait: number): void {
    if (this.#asking || this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.now(), wait)
  }

  /** What was waited for has come: nothing to ask. */
  stopWaiting(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** The line was cut or the room left: neither ask nor hear an answer. */
  forget(): void {
    this.#attempt++
    this.#asking = false
    this.stopWaiting()
  }
}
