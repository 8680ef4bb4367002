import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { id } from '#channels/id'
import { type Notification, usual } from '#channels/notification'
import { eventually } from '#server/test-wait'
import { FirstToTell } from './first-to-tell'
import { Telling } from './telling'

// Node has the channel between tabs, and no locks: this is how it goes at an address that is not secure.
const open: FirstToTell[] = []
afterEach(() => {
  for (const tabs of open.splice(0)) tabs.close()
})

const userId = randomUUID()
const entry = (changes: Partial<Notification> = {}): Notification => ({
  id: id.parse(randomUUID()),
  kind: 'mention',
  title: 'ada named you',
  body: '',
  href: null,
  at: 0,
  read: false,
  archived: false,
  ...changes,
})

/** The locks of a browser, as far as they are asked of here: shared ones, and others where they are free. */
class Locks implements LockManager {
  readonly #held: { name: string; mode: LockMode }[] = []

  async request<Result>(
    name: string,
    options: LockOptions | LockGrantedCallback<Result>,
    granted?: LockGrantedCallback<Result>,
  ): Promise<Awaited<Result>> {
    const { mode = 'exclusive' } = typeof options === 'function' ? {} : options
    const callback = typeof options === 'function' ? options : granted
    if (!callback) throw new TypeError('A lock is asked for with what is to be done under it.')
    if (mode === 'exclusive' && this.#held.some((one) => one.name === name)) return await callback(null)
    const lock = { name, mode }
    this.#held.push(lock)
    return Promise.resolve(callback(lock)).finally(() => this.#held.splice(this.#held.indexOf(lock), 1))
  }

  async query(): Promise<LockManagerSnapshot> {
    return { held: this.#held, pending: [] }
  }
}

/** A tab with a person before it, or none, who has said what they want. */
function openTab({ seen = true, wants = {}, allowed = false, locks = undefined as Locks | undefined } = {}) {
  const tabs = new FirstToTell(userId, locks)
  open.push(tabs)
  tabs.show(seen)
  const tab = {
    seen,
    toasts: [] as Notification[][],
    notices: [] as Notification[],
    now: new Map<string, Notification>(),
  }
  const telling = new Telling(tabs, {
    seen: () => tab.seen,
    preferenceFor: (kind) => ({ ...usual(kind), ...wants }),
    current: (one) => tab.now.get(one.id) ?? one,
    toast: (entries) => void tab.toasts.push(entries),
    mayNotice: () => allowed,
    notice: (one) => void tab.notices.push(one),
  })
  const hide = () => {
    tab.seen = false
    tabs.show(false)
  }
  return Object.assign(tab, { telling, hide })
}

test('nothing is said of what is not wanted, or was read or archived elsewhere meanwhile', async () => {
  const quiet = openTab({ wants: { toast: false } })
  await quiet.telling.tell([entry()])
  expect(quiet.toasts).toEqual([])
  const tab = openTab()
  await tab.telling.tell([entry({ read: true }), entry({ archived: true })])
  expect(tab.toasts).toEqual([])
})

test('of many tabs one tells, whichever hears first, and never again', async () => {
  const tabs = [openTab(), openTab(), openTab()]
  const news = [entry(), entry()]
  await Promise.all(tabs.map(({ telling }) => telling.tell(news)))
  expect(
    tabs
      .flatMap(({ toasts }) => toasts.flat())
      .map(({ id }) => id)
      .sort(),
  ).toEqual(news.map(({ id }) => id).sort())
  // One whose line was cut hears of it late.
  await Promise.all(tabs.map(({ telling }) => telling.tell(news)))
  expect(tabs.flatMap(({ toasts }) => toasts)).toHaveLength(2)
})

test('many at once are told of as one', async () => {
  const tab = openTab()
  const news = Array.from({ length: 5 }, () => entry())
  await tab.telling.tell(news)
  expect(tab.toasts).toEqual([news])
})

test('what arrives while no tab is seen waits for the one that is seen next, unless it was read by then', async () => {
  const [first, other] = [openTab({ seen: false }), openTab({ seen: false })]
  const [stays, goes] = [entry(), entry()]
  await Promise.all([first, other].map(({ telling }) => telling.tell([stays, goes])))
  expect([...first.toasts, ...other.toasts]).toEqual([])
  other.now.set(goes.id, { ...goes, read: true })
  other.seen = true
  await other.telling.lookedAt()
  expect(other.toasts).toEqual([[stays]])
  first.now.set(goes.id, { ...goes, read: true })
  first.seen = true
  await eventually(async () => {
    await first.telling.lookedAt()
    expect(first.toasts).toEqual([])
  })
})

test('where the inbox is not wanted, the toast is all there is', async () => {
  const tab = openTab({ wants: { inbox: false } })
  await tab.telling.tell([entry({ read: true, archived: true })])
  expect(tab.toasts).toHaveLength(1)
})

test('with locks too one tab tells', async () => {
  const locks = new Locks()
  const tabs = [openTab({ locks }), openTab({ locks })]
  const news = [entry()]
  await Promise.all(tabs.map(({ telling }) => telling.tell(news)))
  await Promise.all(tabs.map(({ telling }) => telling.tell(news)))
  expect(tabs.flatMap(({ toasts }) => toasts)).toEqual([news])
})

test('the system tells only where it is wanted and allowed and no tab is seen, and once', async () => {
  const locks = new Locks()
  const wants = { system: true }
  const hidden = { seen: false, wants, allowed: true, locks }
  const [looked, away, notAllowed] = [
    openTab({ locks, wants }),
    openTab(hidden),
    openTab({ ...hidden, allowed: false }),
  ]
  const all = [looked, away, notAllowed]
  const first = entry()
  await Promise.all(all.map(({ telling }) => telling.tell([first])))
  expect(all.map(({ toasts }) => toasts.length)).toEqual([1, 0, 0])
  expect(all.flatMap(({ notices }) => notices)).toEqual([])

  looked.hide()
  const second = entry()
  await eventually(async () =>
    expect((await locks.query()).held).not.toContainEqual(expect.objectContaining({ mode: 'shared' })),
  )
  const other = openTab(hidden)
  await Promise.all([away, other, notAllowed].map(({ telling }) => telling.tell([second])))
  expect([away, other, notAllowed].flatMap(({ notices }) => notices)).toEqual([second])
})
