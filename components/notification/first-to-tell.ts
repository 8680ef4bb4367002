import { newId } from '#components/realtime/new-id'

/** How long a tab holds what it has told. By then every other has heard of it, in milliseconds. */
const holdFor = 60_000
/** Without locks: how long the tabs listen to each other before one of them tells, in milliseconds. */
const listenFor = 200

type Word = { is: 'told' | 'wish'; id: string; tab: string }

/**
 * The tabs of one person in one browser, which agree on who of them tells of a thing: the first that takes its lock.
 * A tab that crashes or is closed lets go by itself. Without locks (an address that is not secure has none) the tabs
 * name what they wish to tell and the lowest name wins; without either, every tab tells.
 */
export class FirstToTell {
  readonly #tab = newId()
  readonly #told = new Set<string>()
  /** By what is to be told: the lowest name among the other tabs that wish to. */
  readonly #wishes = new Map<string, string>()
  readonly #channel: BroadcastChannel | undefined
  readonly #sight: string
  readonly #locks: LockManager | undefined
  #outOfSight: (() => void) | undefined

  constructor(userId: string, locks: LockManager | undefined = globalThis.navigator?.locks) {
    const name = `switchboard.notification.${userId}`
    this.#sight = `${name}.in-sight`
    this.#locks = locks
    if (typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel(name)
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data)
  }

  close(): void {
    this.#outOfSight?.()
    this.#channel?.close()
  }

  /** Says whether a person can see this tab. */
  show(seen: boolean): void {
    if (!seen) this.#outOfSight?.()
    if (!seen) this.#outOfSight = undefined
    if (!seen || this.#outOfSight || !this.#locks) return
    const hidden = new Promise<void>((resolve) => {
      this.#outOfSight = resolve
    })
    this.#locks.request(this.#sight, { mode: 'shared' }, () => hidden).catch(ignore)
  }

  /** Whether any tab of the person's in this browser can be seen; undefined where nobody can know. */
  async inSight(): Promise<boolean | undefined> {
    const { held } = (await this.#locks?.query()) ?? {}
    return held?.some(({ name }) => name === this.#sight)
  }

  /** Whether it is for this tab to tell: true for one of them, and once. */
  async claim(id: string): Promise<boolean> {
    if (this.#told.has(id)) return false
    const mine = await (this.#locks ? this.#take(id, this.#locks) : this.#win(id))
    if (!mine || this.#told.has(id)) return false
    this.#told.add(id)
    this.#say('told', id)
    return true
  }

  #take(id: string, locks: LockManager): Promise<boolean> {
    return new Promise((resolve) => {
      const take = (lock: Lock | null) => {
        resolve(lock !== null)
        return lock && new Promise<void>((letGo) => setTimeout(letGo, holdFor))
      }
      locks.request(`${this.#sight}.${id}`, { ifAvailable: true }, take).catch(() => resolve(true))
    })
  }

  async #win(id: string): Promise<boolean> {
    if (!this.#channel) return true
    this.#say('wish', id)
    await new Promise((resolve) => setTimeout(resolve, listenFor))
    const lowest = this.#wishes.get(id) ?? this.#tab
    this.#wishes.delete(id)
    return this.#tab <= lowest
  }

  #say(is: Word['is'], id: string): void {
    this.#channel?.postMessage({ is, id, tab: this.#tab } satisfies Word)
  }

  #hear({ is, id, tab }: Word): void {
    if (is === 'told') {
      this.#told.add(id)
      this.#wishes.delete(id)
    } else if (tab < (this.#wishes.get(id) ?? '~')) this.#wishes.set(id, tab)
  }
}

/** A request that is cut off because its page goes away. */
function ignore(): void {}
