import type { numbers } from '#channels/number'
import { CallRefused } from '#components/realtime/call'
import type { Connection } from '#components/realtime/connection'
import { failureOf } from '#components/realtime/failure'
import { newId } from '#components/realtime/new-id'
import type { Room } from '#components/realtime/room'

/** A number that was asked for and is not known to be held. */
export interface Wish {
  id: string
  /** `asked` while the answer is awaited, `waiting` while the line or the server is away. */
  state: 'asked' | 'waiting' | 'refused'
  /** Why it was refused, in words. */
  why?: string
}

/** How long to let a server be that could not answer, in milliseconds. */
const pause = 1_000

/**
 * What one has asked of a series, for as long as the tab lives. Where the line is cut nobody knows whether a number
 * was taken, so the same id is asked again until there is an answer: it names the same number, and only one is taken.
 */
export class Wishes {
  #entries: Wish[] = []
  readonly #listeners = new Set<() => void>()

  get entries(): Wish[] {
    return this.#entries
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(room: Room<typeof numbers>): void {
    const wish: Wish = { id: newId(), state: 'asked' }
    this.#set([...this.#entries, wish])
    void this.#see(room, wish.id)
  }

  remove(id: string): void {
    if (this.#has(id)) this.#set(this.#entries.filter((wish) => wish.id !== id))
  }

  /** Asks until it is answered, or nobody wants to know any more. */
  async #see(room: Room<typeof numbers>, id: string): Promise<void> {
    while (this.#has(id)) {
      try {
        await room.call('reserve', { id })
        return this.remove(id)
      } catch (error) {
        if (!isPassing(error)) return this.#put({ id, state: 'refused', why: failureOf(error) })
      }
      this.#put({ id, state: 'waiting' })
      await new Promise((resolve) => setTimeout(resolve, pause))
      await whenJoined(room)
    }
  }

  #has(id: string): boolean {
    return this.#entries.some((wish) => wish.id === id)
  }

  #put(wish: Wish): void {
    this.#set(this.#entries.map((one) => (one.id === wish.id ? wish : one)))
  }

  #set(entries: Wish[]): void {
    this.#entries = entries
    for (const listener of this.#listeners) listener()
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof CallRefused && ['unavailable', 'rate-limited'].includes(error.refused.code)
}

/** Resolves at once for a room that will not be joined any more: the next call says why. */
function whenJoined(room: Room<typeof numbers>): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { status } = room.snapshot
      if (status === 'offline' || status === 'joining') return
      unsubscribe()
      resolve()
    }
    const unsubscribe = room.subscribe(look)
    look()
  })
}

const kept = new WeakMap<Connection, Map<string, Wishes>>()

/** The wishes of a room, the same ones for as long as the tab's connection lives. */
export function wishesOf({ connection, key }: Room<typeof numbers>): Wishes {
  const all = kept.get(connection) ?? new Map<string, Wishes>()
  kept.set(connection, all)
  const wishes = all.get(key) ?? new Wishes()
  all.set(key, wishes)
  return wishes
}
