import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Message } from '#channels/chat'
import { CallRefused } from '#components/realtime/call'
import { useWriting, type Writing } from './use-writing'

const message: Message = {
  id: '0190b6f0-0000-7000-8000-000000000001',
  number: 7,
  version: 0,
  author: { id: '0190b6f0-0000-7000-8000-000000000002', name: 'ben' },
  body: 'as it was',
  at: 0,
  replyTo: null,
  editedAt: null,
  deletedAt: null,
  reactions: [],
}

const onSend = vi.fn()
const onEdit = vi.fn()
let root: Root
let writing: Writing

function Box({ userId = 'ben', room = 'general' }: { userId?: string; room?: string }) {
  writing = useWriting({ userId, room, onSend, onEdit })
  return null
}
const open = (userId?: string, room?: string) =>
  act(() => root.render(<Box key={`${userId} ${room}`} userId={userId} room={room} />))

beforeEach(() => {
  localStorage.clear()
  vi.resetAllMocks()
  root = createRoot(document.createElement('div'))
  open()
})
afterEach(() => act(() => root.unmount()))

test('what cannot be sent stays, with why', () => {
  act(() => writing.change('   '))
  act(() => void writing.submit())
  expect(onSend).not.toHaveBeenCalled()
  expect([writing.text, writing.error]).toEqual(['   ', 'Write something first.'])
  act(() => writing.change('x'.repeat(2_001)))
  expect(writing.error).toBeUndefined()
  act(() => void writing.submit())
  expect(writing.error).toBe('At most 2,000 characters.')
})

test('a draft is there again in its room for its person alone, until it is sent', () => {
  act(() => writing.change('half'))
  open('ben', 'orders')
  expect(writing.text).toBe('')
  open('cleo', 'general')
  expect(writing.text).toBe('')
  open('ben', 'general')
  expect(writing.text).toBe('half')
  act(() => void writing.submit())
  expect(onSend.mock.calls).toEqual([['half', null]])
  open('ben', 'orders')
  open('ben', 'general')
  expect(writing.text).toBe('')
})

test('an answer goes out with the number of what it answers, once', () => {
  act(() => writing.reply(message))
  act(() => writing.change('yes'))
  act(() => void writing.submit())
  act(() => writing.change('and more'))
  act(() => void writing.submit())
  expect(onSend.mock.calls).toEqual([
    ['yes', 7],
    ['and more', null],
  ])
})

test('a change leaves the draft as it was; one that is refused stays in the box, with why', async () => {
  act(() => writing.change('half'))
  act(() => writing.edit(message))
  expect(writing.text).toBe('as it was')
  act(() => writing.change('as it should be'))
  onEdit.mockRejectedValueOnce(new CallRefused({ ok: false, code: 'forbidden', message: 'Too late.' }))
  await act(async () => void writing.submit())
  expect([writing.text, writing.error, writing.busy]).toEqual(['as it should be', 'Too late.', false])
  onEdit.mockResolvedValueOnce(message)
  await act(async () => void writing.submit())
  expect(onEdit).toHaveBeenLastCalledWith(message.id, 'as it should be')
  expect([writing.text, writing.editing]).toEqual(['half', undefined])
})

test('a change that changes nothing is not sent, and one can be left', () => {
  act(() => writing.edit(message))
  act(() => void writing.submit())
  act(() => writing.edit(message))
  act(() => writing.change('other'))
  act(() => writing.cancel())
  expect(onEdit).not.toHaveBeenCalled()
  expect([writing.text, writing.editing]).toEqual(['', undefined])
})
