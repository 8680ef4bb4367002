import fc from 'fast-check'
import { chat } from '#channels/chat'
import { newId } from '#components/realtime/new-id'
import type { Trial } from '#components/realtime/test-trial'
import { createChatRooms } from '#server/models/chat-room'
import { chatFold } from './use-chat'

const body = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
const operations = fc.oneof(
  { weight: 8, arbitrary: fc.record({ post: body, again: fc.boolean() }, { noNullPrototype: true }) },
  { weight: 1, arbitrary: fc.constant('look back' as const) },
  { weight: 1, arbitrary: fc.constant('type' as const) },
)
type Operation = typeof operations extends fc.Arbitrary<infer Drawn> ? Drawn : never

/** Four runs share a room, so that it comes to hold more than one page. */
const roomOf = (run: number) => `trial-${Math.floor(run / 4)}`

/** Random talk, in which some send the same message twice and some load older ones. */
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
    const [oldest] = room.snapshot.state.messages
    if (operation === 'type') room.hint('typing', {})
    else if (operation === 'look back') {
      if (oldest) await room.call('history', { before: { id: oldest.id, at: oldest.at } })
    } else {
      const message = { id: newId(), body: operation.post }
      const answers = [room.call('post', message), operation.again ? room.call('post', message) : undefined]
      const [data] = await Promise.all(answers)
      return data ? [{ room: room.name, push: 'posted', data }] : []
    }
    return []
  },
  // Tabs hold as many older pages as they have been asked for.
  shared: ({ messages }, afresh) => ({ ...afresh, messages: messages.slice(-afresh.messages.length) }),
}
