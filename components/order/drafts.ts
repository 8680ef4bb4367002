import type { order } from '#channels/order'
import { knownVersion, type OrderValue, schemaOf } from '#channels/order-field'
import type { Connection } from '#components/realtime/connection'
import { isUnanswered } from '#components/realtime/failure'
import type { Room } from '#components/realtime/room'
import { type Draft, failed, type Named, textOf, valueFrom } from './draft'

type OrderRoom = Room<typeof order>

/** For how long a field says that it was saved, in milliseconds. */
const saidFor = 2_500

/** A field of no draft holds what the record holds. It outlives the panel: what is unsent is there after a look elsewhere. */
export class Drafts {
  #drafts = new Map<Named, Draft>()
  readonly #sending = new Set<Named>()
  /** What was sent and never answered: where the server holds it, this person has put it there. */
  readonly #unheard = new Map<Named, Set<string>>()
  readonly #listeners = new Set<() => void>()

  /** The field this person is in. */
  #at: Named | undefined

  get at(): Named | undefined {
    return this.#at
  }

  get all(): ReadonlyMap<Named, Draft> {
    return this.#drafts
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  enter(field: Named): void {
    this.#at = field
  }

  /** The person comes into the field: from now on nothing that others save comes under the cursor. */
  begin(room: OrderRoom, field: Named, text: string): void {
    this.enter(field)
    const version = Math.max(this.#drafts.get(field)?.version ?? 0, versionNow(room, field))
    this.#set(field, { text, version, phase: 'editing', began: text })
  }

  /** `before` is what it showed. */
  edit(room: OrderRoom, field: Named, text: string, before: string): void {
    const draft = this.#drafts.get(field)
    if (draft?.phase === 'conflict') {
      this.#set(field, { ...draft, text })
      return
    }
    const version = draft?.version ?? versionNow(room, field)
    const began = !draft || draft.phase === 'saved' ? before : draft.began
    this.#set(field, { text, version, phase: 'editing', began })
  }

  /** The person leaves the field, or asks to save: what they have changed is saved. */
  leave(room: OrderRoom, field: Named, how: 'goes' | 'stays' = 'goes'): void {
    if (how === 'goes' && this.#at === field) this.#at = undefined
    const draft = this.#drafts.get(field)
    // By Enter it is asked for once more: what stood against it may be gone.
    if (draft?.phase === 'refused' && how === 'stays') this.commit(room, field)
    if (draft?.phase !== 'editing') return
    if (draft.text !== draft.began) this.commit(room, field)
    else if (how === 'goes') this.#set(field, undefined)
  }

  /** Sends it, unless it cannot be right. `over` is the version it shall take the place of, in spite of a conflict. */
  commit(room: OrderRoom, field: Named, over?: number): void {
    const draft = this.#drafts.get(field)
    if (!draft) return
    const parsed = schemaOf(field).safeParse(valueFrom(field, draft.text))
    if (!parsed.success) {
      const message = parsed.error.issues[0]?.message
      this.#set(field, { text: draft.text, version: draft.version, phase: 'refused', message })
      return
    }
    const text = textOf(parsed.data)
    this.#set(field, { text, version: over ?? draft.version, phase: 'saving' })
    void this.#send(room, field, parsed.data)
  }

  /** Whatever the server has not answered. Sent twice it is saved once. */
  sendAgain(room: OrderRoom): void {
    for (const [field, { phase }] of this.#drafts) if (phase === 'unsent') this.commit(room, field)
  }

  /** Whether this text, that the server may hold, is one that was sent from here without an answer. */
  sentUnheard(field: Named, text: string): boolean {
    return this.#unheard.get(field)?.has(text) ?? false
  }

  async #send(room: OrderRoom, field: Named, value: OrderValue): Promise<void> {
    // What is typed meanwhile waits for the answer, and with it for the version it follows.
    if (this.#sending.has(field)) return
    this.#sending.add(field)
    const sent = this.#drafts.get(field)
    try {
      const { version } = await room.call('save', { field, value, version: sent?.version ?? 0 })
      this.#saved(room, field, textOf(value), version)
    } catch (error) {
      this.#sending.delete(field)
      this.#failed(room, field, value, error)
    }
  }

  #failed(room: OrderRoom, field: Named, value: OrderValue, error: unknown): void {
    const draft = this.#drafts.get(field)
    if (!draft) return
    const failure = failed(error)
    const { theirs } = failure
    if (theirs && this.sentUnheard(field, textOf(theirs.value))) {
      // No conflict: it is oneself who was there before, and what one has written since follows it.
      this.#set(field, { ...draft, version: theirs.version })
      if (draft.phase === 'saving') this.commit(room, field)
      return
    }
    if (isUnanswered(error)) this.#unheard.set(field, new Set(this.#unheard.get(field)).add(textOf(value)))
    this.#set(field, { text: draft.text, version: draft.version, ...failure })
  }

  #saved(room: OrderRoom, field: Named, text: string, version: number): void {
    this.#sending.delete(field)
    this.#unheard.delete(field)
    const draft = this.#drafts.get(field)
    if (!draft) return
    if (draft.text !== text) {
      this.#set(field, { ...draft, version })
      if (draft.phase === 'saving') this.commit(room, field)
      return
    }
    const saved: Draft = { text, version, phase: draft.phase === 'editing' ? 'editing' : 'saved', began: text }
    this.#set(field, saved)
    setTimeout(() => {
      if (this.#drafts.get(field) !== saved || saved.phase !== 'saved') return
      this.#set(field, this.#at === field ? { text, version, phase: 'editing', began: text } : undefined)
    }, saidFor)
  }

  #set(field: Named, draft: Draft | undefined): void {
    this.#drafts = new Map(this.#drafts)
    if (draft) this.#drafts.set(field, draft)
    else this.#drafts.delete(field)
    for (const listener of this.#listeners) listener()
  }
}

export function versionNow(room: OrderRoom, field: Named): number {
  return knownVersion(room.snapshot.state.fields, field)
}

const all = new WeakMap<Connection, Map<string, Drafts>>()

/** The drafts of a record, the same for as long as the tab's connection lives. */
export function draftsOf({ connection, key }: OrderRoom): Drafts {
  const byRoom = all.get(connection) ?? new Map<string, Drafts>()
  all.set(connection, byRoom)
  const drafts = byRoom.get(key) ?? new Drafts()
  byRoom.set(key, drafts)
  return drafts
}
