import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Id, id } from '#channels/id'
import { inboxMark, inboxState, notificationKinds, notifications } from '#channels/notification'
import type { Room } from '#components/realtime/room'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Tab } from '#components/realtime/test-tab'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { features } from '#server/features/all'
import { notify } from '#server/models/notification'
import { startTestServer, type TestServer } from '#server/test-server'
import { until } from '#server/test-wait'
import { Fetching } from './fetching'
import { notificationFold } from './notification-fold'

type Channel = typeof notifications

const plain = { noNullPrototype: true }
const kind = fc.constantFrom(...notificationKinds)
const way = fc.boolean()
const operations = fc.oneof(
  { weight: 6, arbitrary: fc.record({ tell: kind, others: fc.boolean() }, plain) },
  {
    weight: 6,
    arbitrary: fc.record({ mark: fc.constantFrom(...inboxMark.shape.as.options), which: fc.nat(99) }, plain),
  },
  { weight: 2, arbitrary: fc.record({ sweep: fc.nat(99) }, plain) },
  { weight: 2, arbitrary: fc.record({ page: fc.constantFrom(...inboxState.options) }, plain) },
  { weight: 1, arbitrary: fc.record({ prefer: kind, inbox: way, toast: way, system: way }, plain) },
)
type Operation = typeof operations extends fc.Arbitrary<infer Drawn> ? Drawn : never

/** More than this in an inbox, and a state loaded afresh would not hold all of it. */
const most = 12
const fetchings = new WeakMap<Room<Channel>, Fetching>()
/** The people of the trial, by the room of each. */
const people = new Set<string>()

/** As the shell does: fetches from the first operation on what is pushed, and in the end what was pushed before. */
function fetchingOf(room: Room<Channel>): Fetching {
  const found = fetchings.get(room)
  if (found) return found
  const fetching = new Fetching()
  fetchings.set(room, fetching)
  room.watch((pushed) => follow(fetching, pushed))
  fetching.attach(room)
  return fetching
}

function follow(fetching: Fetching, { push, data }: { push: string; data?: unknown }): void {
  const { pushes } = notifications
  if (push === 'notified' || push === 'changed') fetching.follow(push, pushes[push].data.parse(data))
  else if (push === 'swept') fetching.follow(push, pushes.swept.data.parse(data))
  else fetching.follow('preferred', {})
}

/** Ben and cleo are told of things, and mark them on all their tabs. */
const trial: Trial<Channel, Operation> = {
  channel: notifications,
  fold: notificationFold,
  people: ['ben', 'cleo'],
  rooms: (user) => {
    people.add(user.id)
    return [user.id]
  },
  prepare: async () => {
    await container().database.prisma.notification.deleteMany()
  },
  operations,
  async operate(tab, operation) {
    const [visit] = tab.present
    if (!visit) return []
    const { room } = visit
    const fetching = fetchingOf(room)
    const { entries } = room.snapshot.state
    const pick = (which: number) => entries[which % Math.max(1, entries.length)]?.id
    if ('tell' in operation) return entries.length < most ? tell(operation, tab) : []
    if ('page' in operation) await fetching.inTurn(() => room.call('page', { state: operation.page }))
    else if ('prefer' in operation) {
      const { prefer: kind, ...ways } = operation
      await fetching.inTurn(() => room.call('prefer', { kind, ...ways }))
    } else if ('sweep' in operation) {
      const until = pick(operation.sweep)
      if (until) await fetching.inTurn(() => room.call('sweep', { until }))
    } else {
      const one = pick(operation.which)
      if (one) await fetching.inTurn(() => room.call('mark', { ids: [one], as: operation.mark }))
    }
    return []
  },
  async settle(tab) {
    for (const { room } of tab.present) {
      const fetching = fetchingOf(room)
      // Also what an earlier visit saw, where this one took its room over.
      const visits = tab.visits.filter((visit) => visit.room === room)
      for (const pushed of visits.flatMap(({ seen }) => seen)) follow(fetching, pushed)
      await until(() => fetching.idle)
    }
  },
  shared: ({ unread, preferences, entries }) => ({
    unread,
    preferences,
    inbox: entries.filter(({ archived }) => !archived),
  }),
}

async function tell(
  { tell: kind, others }: { tell: (typeof notificationKinds)[number]; others: boolean },
  tab: Tab<Channel>,
) {
  const about = randomUUID()
  const userIds = others ? [...people] : [tab.user.id]
  await transaction((tx) => notify(tx, { userIds, kind, about, title: kind, body: '', href: '/' }))
  const rows = await container().database.prisma.notification.findMany({ where: { about } })
  return rows.map((row) => ({ room: row.userId, push: 'notified' as const, data: { notification: told(row.id) } }))
}

const told = (value: string): Id => id.parse(value)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab comes to hold the inbox that is loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial)
  expect(granted).toBeGreaterThan(25)
  expect(cut).toBeGreaterThan(4)
}, 120_000)
