import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { presence } from '#channels/presence'
import type { Connection } from '#components/realtime/connection'
import { connectAs, keepAsTab } from '#components/realtime/test-client'
import { container } from '#server/container'
import { openPresence } from '#server/realtime/presence'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { HereNow } from './here-now'

const room = 'chat:general'
let server: TestServer
let ben: Visitor
let cleo: Visitor
let connection: Connection
let place: HTMLElement
let root: Root
let other: Socket

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
  cleo = await server.signIn('cleo')
})
afterAll(() => server.stop())
beforeEach(async () => {
  connection = connectAs(server.url, ben)
  keepAsTab(connection)
  place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place)
  other = await server.connect(cleo)
})
afterEach(async () => {
  act(() => root.unmount())
  connection.hangUp()
  place.remove()
  await other.emitWithAck('presence:leave', { room })
})

async function render() {
  const initial = await openPresence(room)
  const parts = { due: 'at the due date' }
  act(() =>
    root.render(
      <>
        <HereNow room={room} me={ben.session.user} initial={initial} parts={parts} />
        <fieldset data-part="due">
          <input />
        </fieldset>
        <input id="elsewhere" />
      </>,
    ),
  )
}

const list = () => place.querySelector('ul')
/** What the line brings meanwhile is React's to show. */
const eventually = (check: () => void) => vi.waitFor(() => act(async () => check()), 10_000)
const shows = (label: string, ...items: string[]) =>
  eventually(() => {
    expect(list()?.getAttribute('aria-label')).toBe(label)
    expect(Array.from(list()?.children ?? [], ({ textContent }) => textContent)).toEqual(items)
  })
const entryOf = ({ session }: Visitor) =>
  (container().latest.read(presence, room) ?? [])
    .map(({ data }) => presence.pushes.present.data.parse(data))
    .find(({ user }) => user.id === session.user.id)

test('oneself is there from the first paint, with those who were there before', async () => {
  await other.emitWithAck('presence:join', { room })
  await render()
  expect(list()?.getAttribute('aria-label')).toBe('ben and cleo are here')
  expect(list()?.getAttribute('data-status')).toBe('joining')
  await eventually(() => expect(list()?.getAttribute('data-status')).toBe('joined'))
  await shows('ben and cleo are here', 'behereben', 'clherecleo')
})

test('others come, are idle, are somewhere on the page, and go', async () => {
  await render()
  await shows('ben is here', 'behereben')
  await act(() => other.emitWithAck('presence:join', { room }))
  await shows('ben and cleo are here', 'behereben', 'clherecleo')
  await other.emitWithAck('presence:move', { room, input: { idle: true, part: 'due' } })
  await shows('ben and cleo are here', 'behereben', 'clidlecleoat the due date')
  await other.emitWithAck('presence:leave', { room })
  await shows('ben is here', 'behereben')
})

test('tells on which part of the page the focus is, after a cut as well, and leaves with its page', async () => {
  await render()
  await eventually(() => expect(entryOf(ben)).toMatchObject({ idle: false, part: null }))
  act(() => place.querySelector('input')?.focus())
  await eventually(() => expect(entryOf(ben)).toMatchObject({ part: 'due' }))
  act(() => place.querySelector('input')?.blur())
  await eventually(() => expect(entryOf(ben)).toMatchObject({ part: null }))
  act(() => place.querySelector('input')?.focus())
  await eventually(() => expect(entryOf(ben)).toMatchObject({ part: 'due' }))

  act(() => connection.socket.io.engine.close())
  act(() => place.querySelector<HTMLElement>('#elsewhere')?.focus())
  await eventually(() => expect(entryOf(ben)).toMatchObject({ part: null }))

  act(() => root.render(null))
  await eventually(() => expect(entryOf(ben)).toBeUndefined())
})
