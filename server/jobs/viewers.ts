import { container } from '#server/container'

/**
 * Does something for whoever watches, at once when the first one comes and then again and again, and nothing while
 * nobody does. What is still being done is not begun a second time.
 */
export class Viewers {
  readonly #viewers = new Set<symbol>()
  #timer: NodeJS.Timeout | undefined
  #busy = false

  /** `every` is in milliseconds. What `work` rejects with is logged under its `name`, and tried again. */
  constructor(
    private readonly name: string,
    private readonly every: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** One more watches, until what this gives is called. */
  enter(): () => void {
    const viewer = Symbol('viewer')
    this.#viewers.add(viewer)
    this.#timer ??= setInterval(() => void this.#run(), this.every).unref()
    void this.#run()
    return () => {
      this.#viewers.delete(viewer)
      if (this.#viewers.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  async #run(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      await this.work()
    } catch (error) {
      container().log.warn({ err: error, work: this.name }, 'what is done for viewers failed; it is tried again')
    } finally {
      this.#busy = false
    }
  }
}
