import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Id, id } from '#channels/id'
import type { Notification, NotificationState } from '#channels/notification'
import { addressOf, readFilter } from './inbox-address'
import { notificationFold, rowsOf } from './notification-fold'

let made = 0
/** Made one millisecond after the last, as ids of version 7 are. */
function entry(changes: Partial<Notification> = {}): Notification {
  made += 1
  const ordered: Id = id.parse(`${made.toString(16).padStart(8, '0')}-0000-7${randomUUID().slice(15)}`)
  const marks = { read: false, archived: false }
  return { id: ordered, kind: 'mention', title: 'x', body: '', href: null, at: made, ...marks, ...changes }
}
const stateOf = (entries: Notification[]): NotificationState => ({
  asOf: 0,
  unread: 0,
  preferences: [],
  entries,
  swept: null,
})
const reads = (rows: Notification[]) => rows.map(({ read }) => read)
const { swept } = notificationFold.pushes

test('a sweep marks what was there, and neither what came after nor what is archived; twice is as once', () => {
  const [archived, old, until, late] = [entry({ archived: true }), entry(), entry(), entry()]
  const once = swept(stateOf([late, until, old, archived]), { until: until.id })
  expect(reads(once.entries)).toEqual([false, true, true, false])
  expect(swept(once, { until: until.id })).toEqual(once)
  // An older one that comes late takes nothing back.
  expect(swept(once, { until: old.id }).swept).toBe(until.id)
})

test('what was fetched goes over what was rendered, which a sweep reaches too', () => {
  const [one, two, three] = [entry(), entry(), entry()]
  const state = swept(stateOf([{ ...two, read: true, archived: true }]), { until: one.id })
  const rows = rowsOf(state, { state: 'inbox' }, [three, two, one], null)
  expect(rows).toEqual([three, { ...one, read: true }])
  expect(rowsOf(state, { state: 'archived' }, [], null)).toHaveLength(1)
  expect(rowsOf(state, { state: 'inbox', kind: 'job' }, [three], null)).toEqual([])
})

test('a list ends where its next page begins', () => {
  const [older, last, newest] = [entry(), entry(), entry()]
  expect(rowsOf(stateOf([newest, last, older]), { state: 'inbox' }, [], last)).toEqual([newest, last])
})

test('a filter stands in the address, and nonsense there is none', () => {
  expect(addressOf({ state: 'inbox' })).toBe('/notifications')
  const address = addressOf({ state: 'archived', kind: 'sign-in' })
  const params = Object.fromEntries(new URLSearchParams(address.split('?')[1]))
  expect(readFilter(params)).toEqual({ state: 'archived', kind: 'sign-in' })
  expect(readFilter({ state: ['read', 'unread'], kind: '<b>' })).toEqual({ state: 'inbox', kind: undefined })
})
