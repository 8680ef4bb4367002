/** Has the session last longer when the server says that half of its life is over. */
export class Renewal {
  #underWay: Promise<unknown> | undefined
  /** By `performance.now()`. */
  #doneAt = Number.NEGATIVE_INFINITY

  constructor(private readonly renew: (() => Promise<unknown>) | undefined) {}

  /**
   * The server has said so to what it was `asked` at that moment, by `performance.now()`: before the last renewal was
   * done it may have said so because of what is over. One at a time; what fails is tried again when it says so again.
   */
  wanted(asked: number): void {
    if (asked <= this.#doneAt) return
    this.#underWay ??= this.renew?.()
      .then(
        () => {
          this.#doneAt = performance.now()
        },
        () => {},
      )
      .finally(() => {
        this.#underWay = undefined
      })
  }
}
