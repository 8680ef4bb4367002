import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownRooms, type RoomsState, rooms } from '#channels/rooms'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Tab } from '#components/realtime/test-tab'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { addMember, removeMember } from '#server/models/chat-member'
import { postMessage } from '#server/models/message'
import { openDirect, openRoom } from '#server/models/room-open'
import { startTestServer, type TestServer } from '#server/test-server'
import { roomsFold } from './rooms-fold'

const which = fc.nat(99)
const plain = { noNullPrototype: true }
const does = (...names: Does[]) => fc.constantFrom(...names)
type Does = 'open' | 'write to' | 'post' | 'read' | 'let in' | 'take out'
const operations = fc.record(
  {
    does: does('open', 'write to', 'post', 'post', 'read', 'read', 'let in', 'let in', 'take out'),
    which,
    whom: which,
  },
  plain,
)
type Operation = typeof operations extends fc.Arbitrary<infer Drawn> ? Drawn : never

const names = ['ada', 'ben', 'cleo']
const ids: string[] = []

/** People open rooms, let each other in and throw each other out, write, and read what is written. */
const trial: Trial<typeof rooms, Operation> = {
  channel: rooms,
  fold: roomsFold,
  people: names,
  rooms: ({ id }) => ['all', ownRooms(id)],
  operations,
  async operate(tab, { does, which, whom }) {
    const own = ownRooms(tab.user.id)
    const listed = tab.present.flatMap(({ room }) => room.snapshot.state.rooms)
    const room = listed[which % Math.max(listed.length, 1)]
    const userId = ids[whom % ids.length] ?? ''
    if (does === 'open') {
      const data = await openRoom(tab.user, { title: 'A trial', private: which % 2 === 0 })
      return [{ room: data.kind === 'public' ? 'all' : own, push: 'opened', data }]
    }
    if (does === 'write to') await openDirect(tab.user, { userId })
    else if (does === 'read' && room) await read(tab, room.key, whom)
    else if (does === 'post' && room) await postMessage(tab.user, room.key, { id: randomUUID(), body: 'x' })
    else if (does === 'let in' && room) await addMember(tab.user, room.key, { userId })
    else if (does === 'take out' && room) await removeMember(tab.user, room.key, { userId })
    return []
  },
  // How many messages a room has is told by the newest values.
  shared: ({ rooms, markers }: RoomsState) => ({ rooms: rooms.map((room) => ({ ...room, last: 0 })), markers }),
}

async function read(tab: Tab<typeof rooms>, key: string, number: number): Promise<void> {
  await tab.room(ownRooms(tab.user.id)).call('read', { key, number: number + 1 })
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
  for (const name of names) ids.push((await server.signIn(name)).session.user.id)
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows the rooms, counts and markers that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial)
  expect(granted).toBeGreaterThan(25)
  expect(cut).toBeGreaterThan(4)
}, 120_000)
