import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareMessages, type Message } from '#channels/chat'
import { chatFold } from './use-chat'

const author = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'ben' }
const messages = fc
  .uniqueArray(fc.record({ id: fc.uuid(), at: fc.integer({ min: 0, max: 20 }) }), {
    selector: ({ id }) => id,
    maxLength: 40,
  })
  .map((all) => all.map(({ id, at }): Message => ({ id, at, author, body: id })))

const { posted } = chatFold.pushes
const history = chatFold.outputs?.history
const inOrder = (all: Message[]) => [...all].sort(compareMessages)

test('pushes onto any earlier state give what loading afresh gives, told twice or not', () => {
  fc.assert(
    fc.property(messages, fc.nat(40), fc.boolean(), (all, known, twice) => {
      const state = { messages: inOrder(all.slice(0, known)), more: false }
      // What came between reading the position and reading the state is pushed as well, though it is there.
      const pushed = all.slice(Math.max(0, known - 3)).flatMap((message) => (twice ? [message, message] : [message]))
      expect(pushed.reduce(posted, state)).toEqual({ messages: inOrder(all), more: false })
    }),
  )
})

test('older pages go in front, overlapping or not, whatever is pushed meanwhile', () => {
  fc.assert(
    fc.property(messages, fc.nat(40), fc.nat(5), (all, cut, overlap) => {
      const sorted = inOrder(all)
      const state = { messages: sorted.slice(cut), more: true }
      const older = { messages: sorted.slice(0, cut + overlap), more: false }
      expect(history?.(state, older)).toEqual({ messages: sorted, more: false })
    }),
  )
})

test('a push that changes nothing keeps the state the same', () => {
  const message = { id: author.id, at: 1, author, body: 'once' }
  const state = posted({ messages: [], more: false }, message)
  expect(posted(state, message).messages).toBe(state.messages)
})
