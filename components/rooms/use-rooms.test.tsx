import { randomUUID } from 'node:crypto'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ownRooms } from '#channels/rooms'
import { CallRefused } from '#components/realtime/call'
import type { Connection } from '#components/realtime/connection'
import { connectAs, keepAsTab } from '#components/realtime/test-client'
import { addMember, removeMember } from '#server/models/chat-member'
import { postMessage } from '#server/models/message'
import { openRooms } from '#server/models/room-list'
import { openRoom } from '#server/models/room-open'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { type Rooms, useRooms } from './use-rooms'

let server: TestServer
let ben: Visitor
let cleo: Visitor
let connection: Connection
let root: Root
let rooms: Rooms

function List({ me, initial }: { me: Visitor; initial: Awaited<ReturnType<typeof openRooms>> }) {
  rooms = useRooms(me.session.user, initial)
  return null
}

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
  cleo = await server.signIn('cleo')
})
afterAll(() => server.stop())
beforeEach(async () => {
  connection = connectAs(server.url, ben)
  keepAsTab(connection)
  root = createRoot(document.createElement('div'))
  const initial = await openRooms(ben.session.user)
  act(() => root.render(<List me={ben} initial={initial} />))
  await eventually(() => act(async () => expect(rooms.status).toBe('joined')))
})
afterEach(() => {
  act(() => root.unmount())
  connection.hangUp()
})

const found = (key: string) => rooms.entries.find((room) => room.key === key)
const shows = (key: string, what: object | undefined) =>
  eventually(() =>
    act(async () => {
      if (what) expect(found(key)).toMatchObject(what)
      else expect(found(key)).toBeUndefined()
    }),
  )
const say = (key: string) => act(() => postMessage(cleo.session.user, key, { id: randomUUID(), body: 'hello' }))

test('what the server refuses is told, and changes nothing', async () => {
  const before = rooms.entries
  const asked = rooms.direct(ben.session.user.id).catch((error: unknown) => error)
  expect(await act(() => asked)).toBeInstanceOf(CallRefused)
  expect(rooms.entries).toBe(before)
})

test('counts go up with what others write, and down when any of the tabs of a person reads', async () => {
  const { unread = 0, last = 0 } = found('orders') ?? {}
  await say('orders')
  await say('orders')
  await shows('orders', { unread: unread + 2, last: last + 2 })
  await act(() => rooms.read('orders', last + 1))
  await shows('orders', { unread: 1, read: last + 1 })

  const tab = await server.connect(ben)
  const room = ownRooms(ben.session.user.id)
  await tab.emitWithAck('rooms:join', { room })
  await act(() => tab.emitWithAck('rooms:read', { room, input: { key: 'orders', number: last + 2 } }))
  await shows('orders', { unread: 0 })
})

test('a private room comes and goes with the membership, a direct one is called by the other person', async () => {
  const { key } = await act(() => openRoom(cleo.session.user, { title: 'Prices', private: true }))
  expect(found(key)).toBeUndefined()
  const userId = ben.session.user.id
  await act(() => addMember(cleo.session.user, key, { userId }))
  await shows(key, { kind: 'private', name: 'Prices' })
  await act(() => removeMember(cleo.session.user, key, { userId }))
  await shows(key, undefined)

  const direct = await act(() => rooms.direct(cleo.session.user.id))
  await shows(direct.key, { kind: 'direct', name: 'cleo', unread: 0 })
})
