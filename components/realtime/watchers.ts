import type { Pushed } from '#channels/wire'

type Watcher = (pushed: Pushed) => void

/** Who wants to see the pushes of a room, besides what they make of its state. */
export class Watchers {
  readonly #watchers = new Set<Watcher>()

  add(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** One that fails keeps nothing from the others. */
  tell(pushed: Pushed): void {
    for (const watcher of this.#watchers) {
      try {
        watcher(pushed)
      } catch (error) {
        report(error)
      }
    }
  }
}

/** For the console and whoever collects errors: here it has been dealt with. */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
