import { randomUUID } from 'node:crypto'
import { toast } from 'sonner'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { id } from '#channels/id'
import type { Notification } from '#channels/notification'
import { ToldToasts } from './told-toasts'

// Sonner has its screen take a toast down with the next picture; there is none here.
vi.stubGlobal('requestAnimationFrame', setTimeout)
afterAll(() => {
  vi.unstubAllGlobals()
})
beforeEach(() => {
  toast.dismiss()
})

const entry = (read = false): Notification => ({
  id: id.parse(randomUUID()),
  ...{ kind: 'mention', title: 'ada named you', body: '', href: null, at: 0, read, archived: false },
})
const shown = () => toast.getToasts().map((one) => one.id)

test('a toast goes once what it tells of has been read elsewhere, and no other with it', () => {
  const [toasts, first, second] = [new ToldToasts(), entry(), entry()]
  toasts.show([first], () => {})
  toasts.show([second], () => {})
  toasts.settle([first, second])
  expect(shown()).toHaveLength(2)
  toasts.settle([{ ...first, read: true }, second])
  expect(shown()).toEqual([second.id])
})

test('one of several goes when the last of them is read', () => {
  const [toasts, several] = [new ToldToasts(), [entry(), entry()]]
  toasts.show(several, () => {})
  const [first, ...others] = several.map((one) => ({ ...one, read: true }))
  toasts.settle(others)
  expect(shown()).toHaveLength(1)
  toasts.settle([...(first ? [first] : []), ...others])
  expect(shown()).toEqual([])
})

test('where the inbox is not wanted, what is read from the start stays as long as any other', () => {
  const [toasts, told] = [new ToldToasts(), entry(true)]
  toasts.show([told], () => {})
  toasts.settle([told])
  expect(shown()).toEqual([told.id])
})
