import { setImmediate as turn } from 'node:timers/promises'

interface Waiting<Ask, Answer> {
  ask: Ask
  resolve(answer: Answer | PromiseLike<Answer>): void
  reject(error: unknown): void
}

/**
 * Answers many asks with few pieces of work: those that come while one is under way are done together by the
 * next, so a lone one waits for nobody and a thousand at once cost a few. No ask is answered by work that was
 * begun before it was asked. (Group commit: Gawlick and Kinkade, "Varieties of Concurrency Control in IMS/VS
 * Fast Path", 1985.)
 */
export class Gather<Ask, Answer> {
  #waiting: Waiting<Ask, Answer>[] = []
  #working = false

  /**
   * `work` resolves with what gives each ask its answer, which may be a promise that rejects for this one
   * alone; when it rejects itself, all of them do. `most` is how many asks it gets at once.
   */
  constructor(
    private readonly work: (asks: Ask[]) => Promise<(ask: Ask) => Answer | PromiseLike<Answer>>,
    private readonly most = 500,
  ) {}

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject })
      if (!this.#working) void this.#run()
    })
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    this.#working = true
    while (this.#waiting.length > 0) {
      // The embedded database answers before the next socket is read: without a turn there would be nothing to gather.
      await turn()
      const gathered = this.#waiting.splice(0, this.most)
      try {
        const answer = await this.work(gathered.map(({ ask }) => ask))
        for (const { ask, resolve } of gathered) resolve(answer(ask))
      } catch (error) {
        for (const { reject } of gathered) reject(error)
      }
    }
    this.#working = false
  }
}
