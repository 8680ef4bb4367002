import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChatState, Message } from '#channels/chat'
import { chatFold } from './chat-fold'
import { emptyChat } from './test-empty'

const author = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'ben' }
const { posted, changed, memberAdded, memberRemoved } = chatFold.pushes
const { page } = chatFold.outputs ?? {}

const written = (number: number, version: number): Message => ({
  id: `0190b6f0-0000-7000-8000-${String(number).padStart(12, '0')}`,
  number,
  version,
  author,
  body: `${number}, version ${version}`,
  at: number,
  replyTo: null,
  editedAt: null,
  deletedAt: null,
  reactions: [],
})
const { state: empty } = emptyChat('general')

/** What happened in a room of so many messages: each number with the versions it has had, in order. */
const history = fc.array(fc.nat(3), { minLength: 1, maxLength: 30 })
const newest = (versions: number[]) => versions.map((version, index) => written(index + 1, version))

test('pushes onto any earlier state give what loading afresh gives, told twice or not', () => {
  fc.assert(
    fc.property(history, fc.nat(30), fc.nat(5), fc.boolean(), (versions, known, ahead, twice) => {
      const earlier = newest(versions).slice(0, known)
      const state: ChatState = { ...empty, messages: earlier, last: earlier.length }
      // What came between reading the position and reading the state is pushed as well, though it is there.
      const pushed = versions.flatMap((version, index) => {
        const number = index + 1
        if (number <= known - ahead) return []
        const steps = Array.from(
          { length: version },
          (_, nth) => (s: ChatState) => changed(s, written(number, nth + 1)),
        )
        return [(s: ChatState) => posted(s, written(number, 0)), ...steps]
      })
      const told = twice ? pushed.flatMap((step) => [step, step]) : pushed
      const { messages, last } = told.reduce((before, step) => step(before), state)
      expect(messages).toEqual(newest(versions))
      expect(last).toBe(versions.length)
    }),
  )
})

test('a page that was read before a change, and comes after it, does not undo it', () => {
  fc.assert(
    fc.property(history, fc.nat(29), fc.nat(29), (versions, one, other) => {
      const all = newest(versions)
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      const read = all.slice(from, to + 1).map(({ number }) => written(number, 0))
      const state = all.reduce(changed, { ...empty, last: all.length })
      expect(page?.(state, { messages: read }).messages).toEqual(all)
    }),
  )
})

test('pages come in any order, overlap and leave holes, and each message is there once, by its number', () => {
  const pages = fc.array(fc.tuple(fc.nat(50), fc.nat(20)), { maxLength: 8 })
  fc.assert(
    fc.property(pages, (all) => {
      const runs = all.map(([from, length]) => Array.from({ length }, (_, nth) => written(from + nth + 1, 0)))
      const { messages } = runs.reduce((state, messages) => page?.(state, { messages }) ?? state, empty)
      const numbers = [...new Set(runs.flat().map(({ number }) => number))].sort((a, b) => a - b)
      expect(messages.map(({ number }) => number)).toEqual(numbers)
    }),
  )
})

test('a push that changes nothing keeps the list the same', () => {
  const state = posted(empty, written(1, 2))
  expect(posted(state, written(1, 2)).messages).toBe(state.messages)
  expect(changed(state, written(1, 1)).messages).toBe(state.messages)
  expect(page?.(state, { messages: [] }).messages).toBe(state.messages)
})

test('members are there once, by name', () => {
  const cleo = { id: '0190b6f0-0000-7000-8000-000000000002', name: 'cleo' }
  const both = [{ user: cleo }, { user: author }, { user: cleo }].reduce(memberAdded, empty)
  expect(both.members).toEqual([author, cleo])
  expect(memberRemoved(memberRemoved(both, { user: cleo }), { user: cleo }).members).toEqual([author])
})
