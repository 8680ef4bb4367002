import type { chat } from '#channels/chat'
import type { Connection } from '#components/realtime/connection'
import { failureOf } from '#components/realtime/failure'
import { newId } from '#components/realtime/new-id'
import type { Room } from '#components/realtime/room'

/** One's own message that the server has not confirmed. */
export interface Unconfirmed {
  id: string
  body: string
  /** The number of the message it answers. */
  replyTo: number | null
  /** Why it was not sent; while it is on its way, nothing. */
  failure?: string
}

/**
 * One's own messages of a room on their way. It outlives the room's panel, so that what could not be
 * sent is still there after a look into another room. The id of a message makes sending again safe.
 */
export class Outbox {
  #entries: Unconfirmed[] = []
  readonly #listeners = new Set<() => void>()

  get entries(): Unconfirmed[] {
    return this.#entries
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  send(room: Room<typeof chat>, body: string, replyTo: number | null = null): void {
    const entry = { id: newId(), body, replyTo }
    this.#set([...this.#entries, entry])
    void this.#submit(room, entry)
  }

  sendAgain(room: Room<typeof chat>, { id, body, replyTo }: Unconfirmed): void {
    const entry = { id, body, replyTo }
    this.#set(this.#entries.map((one) => (one.id === id ? entry : one)))
    void this.#submit(room, entry)
  }

  discard(id: string): void {
    this.#set(this.#entries.filter((entry) => entry.id !== id))
  }

  async #submit(room: Room<typeof chat>, entry: Unconfirmed): Promise<void> {
    const failure = await attempt(room, entry)
    if (failure === undefined) this.discard(entry.id)
    else this.#set(this.#entries.map((one) => (one.id === entry.id ? { ...entry, failure } : one)))
  }

  #set(entries: Unconfirmed[]): void {
    this.#entries = entries
    for (const listener of this.#listeners) listener()
  }
}

/** Resolves with why it did not work, in words, or with nothing. */
async function attempt(room: Room<typeof chat>, { id, body, replyTo }: Unconfirmed): Promise<string | undefined> {
  try {
    await room.call('post', { id, body, replyTo })
  } catch (error) {
    return failureOf(error)
  }
}

const outboxes = new WeakMap<Connection, Map<string, Outbox>>()

/** The outbox of a room, the same one for as long as the tab's connection lives. */
export function outboxOf({ connection, key }: Room<typeof chat>): Outbox {
  const all = outboxes.get(connection) ?? new Map<string, Outbox>()
  outboxes.set(connection, all)
  const outbox = all.get(key) ?? new Outbox()
  all.set(key, outbox)
  return outbox
}
