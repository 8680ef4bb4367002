import type { PushData, PushName } from '#channels/contract'
import type { Id } from '#channels/id'
import { inboxLength, type Notification, type notifications } from '#channels/notification'
import { CallRefused } from '#components/realtime/call'
import type { Room } from '#components/realtime/room'

type Channel = typeof notifications
type Listener = (entries: Notification[]) => void

/** How long to wait before asking again after the server could not answer, in milliseconds. */
const askAgain = 2_000

/**
 * Fetches what the pushes only name. One question after the other, whoever asks: so an answer is never overtaken by
 * an older one, and what is asked after the last push is the truth. However many pushes come while one is under way
 * make one question more.
 */
export class Fetching {
  readonly #due = new Set<Id>()
  readonly #new = new Set<Id>()
  readonly #listeners = new Set<Listener>()
  #recount = false
  #swept: Id | undefined
  #room: Room<Channel> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #fetching = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** From now on this is where it asks; what has been pushed before is fetched too. Answers what ends it. */
  attach(room: Room<Channel>): () => void {
    this.#room = room
    const unsubscribe = room.subscribe(() => {
      // A line that was cut is asked again as soon as it is back.
      if (room.snapshot.status !== 'joined') this.#stopWaiting()
      this.#fetch()
    })
    this.#fetch()
    return () => {
      unsubscribe()
      this.#stopWaiting()
      this.#room = undefined
    }
  }

  follow<P extends PushName<Channel>>(push: P, data: PushData<Channel, P>): void {
    this.#recount = true
    if ('notification' in data) {
      this.#due.add(data.notification)
      if (push === 'notified') this.#new.add(data.notification)
    }
    if ('until' in data) this.#swept = data.until
    this.#fetch()
  }

  /** Hears of entries that are new, once each, as soon as they have been fetched. */
  onNews(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asks in turn. Rejects as `Room.call`, and at once when there is no room yet. */
  inTurn<Answer>(ask: (room: Room<Channel>) => Promise<Answer>): Promise<Answer> {
    const asked = this.#turn.then(() => {
      if (this.#room) return ask(this.#room)
      throw new CallRefused({ ok: false, code: 'unavailable', message: 'The page is not connected yet.' })
    })
    this.#turn = asked.catch(() => {})
    return asked
  }

  /** Whether there is nothing left to fetch. */
  get idle(): boolean {
    return !this.#fetching && !this.#timer && !this.#recount && this.#due.size === 0
  }

  #fetch(): void {
    const joined = this.#room?.snapshot.status === 'joined'
    if (!joined || this.#fetching || this.#timer || !(this.#recount || this.#due.size > 0)) return
    this.#fetching = true
    const fetched = this.inTurn((room) => this.#fetchAll(room))
    void fetched
      .catch(() => {
        if (this.#room?.snapshot.status !== 'joined') return
        this.#timer = setTimeout(() => {
          this.#timer = undefined
          this.#fetch()
        }, askAgain)
      })
      .finally(() => {
        this.#fetching = false
        this.#fetch()
      })
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #fetchAll(room: Room<Channel>): Promise<void> {
    while (this.#recount || this.#due.size > 0) {
      this.#doubt(room)
      const ids = [...this.#due].slice(0, inboxLength.call)
      for (const id of ids) this.#due.delete(id)
      this.#recount = false
      try {
        const { entries } = await room.call('read', { ids })
        this.#announce(entries.filter(({ id }) => this.#new.delete(id)))
      } catch (error) {
        // What is not there is never going to be.
        if (!(error instanceof CallRefused && error.refused.code === 'not-found'))
          for (const id of ids) this.#due.add(id)
        this.#recount = true
        throw error
      }
    }
  }

  /** A page that was on its way while everything was marked read may have been read before that. */
  #doubt(room: Room<Channel>): void {
    const until = this.#swept
    this.#swept = undefined
    if (!until) return
    for (const { id, read, archived } of room.snapshot.state.entries) {
      if (!read && !archived && id <= until) this.#due.add(id)
    }
  }

  #announce(entries: Notification[]): void {
    if (entries.length === 0) return
    for (const listener of this.#listeners) listener(entries)
  }
}
