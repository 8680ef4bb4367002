import fc from 'fast-check'
import { chat, emojis, type Message, message, pageLength } from '#channels/chat'
import { newId } from '#components/realtime/new-id'
import type { Caused, Trial } from '#components/realtime/test-trial'
import { createChatRooms } from '#server/models/chat-room-import'
import { chatFold } from './chat-fold'

const body = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
const which = fc.nat(99)
const plain = { noNullPrototype: true }
const operations = fc.oneof(
  { weight: 8, arbitrary: fc.record({ post: body, again: fc.boolean(), answer: fc.boolean() }, plain) },
  { weight: 2, arbitrary: fc.record({ edit: body, which }, plain) },
  { weight: 1, arbitrary: fc.record({ delete: which }, plain) },
  { weight: 3, arbitrary: fc.record({ react: fc.constantFrom(...emojis), on: fc.boolean(), which }, plain) },
  { weight: 1, arbitrary: fc.constant('look back' as const) },
  { weight: 1, arbitrary: fc.constant('type' as const) },
)
type Operation = typeof operations extends fc.Arbitrary<infer Drawn> ? Drawn : never

/** Four runs share a room, so that it comes to hold more than one page. */
const roomOf = (run: number) => `trial-${Math.floor(run / 4)}`

/** Random talk, in which some send the same message twice, change, delete and react to what is said, and load older pages. */
export const chatTrial: Trial<typeof chat, Operation> = {
  channel: chat,
  fold: chatFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: (_, run) => [roomOf(run)],
  prepare: (run) => createChatRooms([{ key: roomOf(run), title: 'A trial', topic: '' }]),
  operations,
  async operate(tab, operation) {
    const [visit] = tab.present
    if (!visit) return []
    const { room } = visit
    const { messages } = room.snapshot.state
    const pick = (which: number) => messages[messages.length - 1 - (which % Math.min(messages.length, 10))]
    if (operation === 'type') room.hint('typing', {})
    else if (operation === 'look back') {
      const to = (messages[0]?.number ?? 1) - 1
      if (to > 0) await room.call('page', { from: Math.max(1, to - pageLength.state), to })
    } else if ('post' in operation) {
      const replyTo = operation.answer ? (messages.at(-1)?.number ?? null) : null
      const said = { id: newId(), body: operation.post, replyTo }
      const answers = [room.call('post', said), operation.again ? room.call('post', said) : undefined]
      const [data] = await Promise.all(answers)
      return data ? [{ room: room.name, push: 'posted', data }] : []
    } else if ('edit' in operation) {
      const id = pick(operation.which)?.id
      return id ? changed(room.name, await room.call('edit', { id, body: operation.edit })) : []
    } else if ('delete' in operation) {
      const id = pick(operation.delete)?.id
      return id ? changed(room.name, await room.call('delete', { id })) : []
    } else {
      const { react: emoji, on, which } = operation
      const id = pick(which)?.id
      return id ? changed(room.name, await room.call('react', { id, emoji, on })) : []
    }
    return []
  },
  // The log forgets what a deleted message said, in whichever version.
  kept: (data, entries) => {
    const one = message.safeParse(data)
    if (!one.success) return data
    const deleted = entries.some(({ data: later }) => {
      const other = message.safeParse(later)
      return other.success && other.data.id === one.data.id && other.data.deletedAt !== null
    })
    return deleted ? { ...one.data, body: '', reactions: [] } : data
  },
  // Tabs hold as many older messages as they have been asked for.
  shared: ({ messages, ...rest }, afresh) => {
    const from = afresh.messages[0]?.number ?? 1
    return { ...rest, messages: messages.filter(({ number }) => number >= from) }
  },
}

/** What changed nothing answers with the message as it was before. */
function changed(room: string, data: Message): Caused<typeof chat>[] {
  return data.version > 0 ? [{ room, push: 'changed', data }] : []
}
