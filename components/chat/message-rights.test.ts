import { expect, test } from 'vitest'
import { editWithin, type Message } from '#channels/chat'
import { lastOwn, type Me, mayChange } from './message-rights'

const ben: Me = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'ben', role: 'member' }
const cleo: Me = { id: '0190b6f0-0000-7000-8000-000000000002', name: 'cleo', role: 'member' }
const ada: Me = { id: '0190b6f0-0000-7000-8000-000000000003', name: 'ada', role: 'admin' }

const said = (number: number, author: Me, rest: Partial<Message> = {}): Message => ({
  id: `0190b6f0-0000-7000-8000-${String(number).padStart(12, '0')}`,
  number,
  version: 0,
  author: { id: author.id, name: author.name },
  body: 'said',
  at: number * 1_000,
  replyTo: null,
  editedAt: null,
  deletedAt: null,
  reactions: [],
  ...rest,
})

test('nothing of others, nothing deleted, and nothing from too long ago is offered for change', () => {
  const message = said(1, ben)
  expect(mayChange(cleo, message, message.at)).toBe(false)
  expect(mayChange(ben, message, message.at + editWithin)).toBe(false)
  expect(mayChange(ben, { ...message, deletedAt: 1 }, message.at)).toBe(false)
  expect(mayChange(ada, { ...message, deletedAt: 1 }, message.at)).toBe(false)
})

test("one's own is for a while, and anything is to an admin at any time", () => {
  const message = said(1, ben)
  expect(mayChange(ben, message, message.at + editWithin - 1)).toBe(true)
  expect(mayChange(ada, message, message.at + 10 * editWithin)).toBe(true)
})

test("the newest of one's own that can be changed, an admin's too", () => {
  const messages = [said(1, ben), said(2, ada), said(3, ben), said(4, ben, { deletedAt: 5_000 }), said(5, cleo)]
  expect(lastOwn(ben, messages, 6_000)?.number).toBe(3)
  expect(lastOwn(ada, messages, 6_000)?.number).toBe(2)
  expect(lastOwn(ben, messages, 4_000 + editWithin)).toBeUndefined()
})
