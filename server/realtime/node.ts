import { randomUUID } from 'node:crypto'
import { container } from '#server/container'
import { deleteDeadNodes, deleteNode, insertNode, touchNode } from '#server/models/node'

export interface NodeOptions {
  /** How often it says that it is alive, in milliseconds. */
  beatEvery?: number
  /** A node that has not said so for so long is dead, in milliseconds. */
  deadAfter?: number
  /** No other process can have this database open, so that whatever other nodes it lists are dead. */
  alone?: boolean
}

/**
 * This process among those that share the database. It says at intervals that it is alive, and deletes the
 * others that have not for a while, with their connections (a heartbeat with a lease: Gray and Cheriton,
 * "Leases", 1989).
 */
export class ServerNode {
  readonly id = randomUUID()
  readonly #beatEvery: number
  readonly #deadAfter: number
  readonly #alone: boolean
  readonly #deadListeners = new Set<(id: string) => void>()
  readonly #returnListeners = new Set<() => void>()
  #startedAt: number | undefined
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> = Promise.resolve()
  #closed = false
  /** When its last beat was taken, and since when none was late; by the monotonic clock, in milliseconds. */
  #lastBeat = Number.NEGATIVE_INFINITY
  #regularSince = Number.POSITIVE_INFINITY

  constructor({ beatEvery = 5_000, deadAfter = 15_000, alone = false }: NodeOptions = {}) {
    this.#beatEvery = beatEvery
    this.#deadAfter = deadAfter
    this.#alone = alone
  }

  /** Hears the id of every node that this one finds dead and has removed. Of all living nodes one alone hears of it. */
  onDead(listener: (id: string) => void): void {
    this.#deadListeners.add(listener)
  }

  /** Called after this node was taken for dead and has entered itself again: its connections are to be written anew. */
  onReturn(listener: () => void): void {
    this.#returnListeners.add(listener)
  }

  /** Enters this node, and begins to beat. */
  async start(): Promise<void> {
    this.#startedAt = await insertNode(this.id)
    container().log.info({ node: this.id }, 'node joined')
    if (this.#alone) await this.#deleteDead()
    this.#lastBeat = this.#regularSince = performance.now()
    this.#wait()
  }

  /** Ends the beat and removes this node, with the connections it still has. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    if (this.#startedAt === undefined) return
    await this.#beating
    try {
      await deleteNode(this.id)
      container().log.info({ node: this.id }, 'node left')
    } catch (error) {
      // The others will find it dead.
      container().log.warn({ err: error, node: this.id }, 'node could not be removed')
    }
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat()
    }, this.#beatEvery).unref()
  }

  async #beat(): Promise<void> {
    try {
      const returned = !(await touchNode(this.id))
      if (returned) await this.#return()
      this.#noteBeat()
      if (this.#mayJudge()) await this.#deleteDead(this.#deadAfter)
    } catch (error) {
      if (this.#regularSince < Number.POSITIVE_INFINITY) {
        container().log.warn({ err: error, node: this.id }, 'node could not say that it is alive; it is tried again')
      }
      this.#regularSince = Number.POSITIVE_INFINITY
    }
    if (!this.#closed) this.#wait()
  }

  async #return(): Promise<void> {
    await insertNode(this.id, this.#startedAt)
    container().log.warn({ node: this.id }, 'node had been taken for dead, and is back')
    for (const listener of this.#returnListeners) listener()
  }

  #noteBeat(): void {
    const now = performance.now()
    const late = now - this.#lastBeat > 2 * this.#beatEvery
    if (late || this.#regularSince === Number.POSITIVE_INFINITY) this.#regularSince = now
    this.#lastBeat = now
  }

  /**
   * Only a node that has itself beaten in time for so long: when the database was away, or this process
   * paused, the others look as dead as this one does to them.
   */
  #mayJudge(): boolean {
    return performance.now() - this.#regularSince >= this.#deadAfter
  }

  async #deleteDead(unseenFor?: number): Promise<void> {
    for (const id of await deleteDeadNodes(this.id, unseenFor)) {
      container().log.warn({ node: id }, 'node dead')
      for (const listener of this.#deadListeners) {
        try {
          listener(id)
        } catch (error) {
          // Nobody will be told of this node again.
          container().log.error({ err: error, node: id }, 'a dead node was not dealt with')
        }
      }
    }
  }
}
