import { toast } from 'sonner'
import type { Notification } from '#channels/notification'
import { inboxPath } from './inbox-address'

/** What stands on this screen of what is new: each goes by itself, or once all it tells of has been read elsewhere. */
export class ToldToasts {
  /** By the id of a toast, the entries that were unread when it came. */
  readonly #unread = new Map<string, Notification['id'][]>()

  /** One toast of these. `open` leads to what the only one is about, or of several to the inbox. */
  show(entries: Notification[], open: (entry?: Notification) => void): void {
    const [first] = entries
    const one = entries.length === 1 ? first : undefined
    const id = first?.id ?? inboxPath
    // Where the inbox is not wanted, an entry is read from the start.
    const unread = entries.filter(({ read }) => !read).map((entry) => entry.id)
    if (unread.length > 0) this.#unread.set(id, unread)
    toast(one ? one.title : `${entries.length} new notifications`, {
      // The same again takes the place of the first.
      id,
      description: one?.body || undefined,
      duration: 8_000,
      action: { label: 'Open', onClick: () => open(one) },
      onAutoClose: () => this.#unread.delete(id),
      onDismiss: () => this.#unread.delete(id),
    })
  }

  /** To be called with the entries as they are now. */
  settle(entries: Notification[]): void {
    const read = new Set(entries.filter((entry) => entry.read).map(({ id }) => id))
    for (const [id, unread] of this.#unread) {
      if (unread.every((entry) => read.has(entry))) toast.dismiss(id)
    }
  }
}
