import type { Emoji, Message } from '#channels/chat'

/** What can be done with a message from its row. */
export interface MessageActs {
  onReply: (message: Message) => void
  onEdit: (message: Message) => void
  onDelete: (message: Message) => void
  onReact: (message: Message, emoji: Emoji, on: boolean) => void
  onJump: (number: number) => void
}

/** The reactions to a message that this person gave. */
export function givenBy(userId: string, { reactions }: Message): Emoji[] {
  return reactions.flatMap(({ emoji, by }) => (by.some(({ id }) => id === userId) ? emoji : []))
}

/** `ben`, `ben and cleo`, `ben, cleo and 3 others`. */
export function namesInWords(names: string[], most = 10): string {
  const shown = names.slice(0, most)
  const more = names.length - shown.length
  const all = more > 0 ? [...shown, `${more} ${more === 1 ? 'other' : 'others'}`] : shown
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join()
}
