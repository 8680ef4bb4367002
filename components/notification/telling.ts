import type { Notification, Preference } from '#channels/notification'
import type { FirstToTell } from './first-to-tell'

/** More than these at once are told of as one. */
const most = 3

interface Means {
  /** Whether a person can see this tab. */
  seen(): boolean
  preferenceFor(kind: Notification['kind']): Preference
  /** As it is by now: what has been read elsewhere meanwhile is no news. */
  current(entry: Notification): Notification
  toast(entries: Notification[]): void
  /** Whether the person has allowed the system's notices in this browser. */
  mayNotice(): boolean
  notice(entry: Notification): void
}

/**
 * Tells of what is new where the person looks: by a toast in the tab they see; by the system when they see none; and
 * what cannot be told that way waits for the tab they see next.
 */
export class Telling {
  #waiting: Notification[] = []

  constructor(
    private readonly tabs: FirstToTell,
    private readonly means: Means,
  ) {}

  async tell(entries: Notification[]): Promise<void> {
    const fresh = entries.filter((entry) => this.#isNews(this.means.current(entry)))
    if (this.means.seen()) return this.#toast(fresh)
    // Whoever is seen hears of it too, or will when its line is back.
    const sight = await this.tabs.inSight()
    for (const entry of fresh) {
      const { system } = this.means.preferenceFor(entry.kind)
      if (sight === false && system && (await this.#notice(entry))) continue
      this.#waiting.push(entry)
    }
    if (this.means.seen()) await this.lookedAt()
  }

  /** The person has come to this tab. */
  async lookedAt(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length > 0) await this.tell(waiting)
  }

  async #toast(entries: Notification[]): Promise<void> {
    const wanted = entries.filter(({ kind }) => this.means.preferenceFor(kind).toast)
    const claims = await Promise.all(wanted.map(({ id }) => this.tabs.claim(id)))
    const mine = wanted.filter((_, index) => claims[index])
    if (mine.length > most) this.means.toast(mine)
    else for (const entry of mine) this.means.toast([entry])
  }

  /** True also when another tab does it. */
  async #notice(entry: Notification): Promise<boolean> {
    if (!this.means.mayNotice()) return false
    if (await this.tabs.claim(entry.id)) this.means.notice(entry)
    return true
  }

  /** Where the inbox is not wanted, an entry is in the archive from the start. */
  #isNews({ kind, read, archived }: Notification): boolean {
    return (!read && !archived) || !this.means.preferenceFor(kind).inbox
  }
}
