import { randomUUID } from 'node:crypto'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { LobbyRooms } from '#channels/lobby'
import { push, TestRouter } from '#components/game/test-router'
import type { Connection } from '#components/realtime/connection'
import { Cable } from '#components/realtime/test-cable'
import { connectAs, keepAsTab } from '#components/realtime/test-client'
import { inject } from '#components/realtime/test-faults'
import { accept, challenge } from '#server/models/game-challenge'
import { openLobby, readLobby } from '#server/models/lobby'
import { readStored } from '#server/models/test-game'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import { type Lobby, useLobby } from './use-lobby'

const time = { budget: 3_600_000, increment: 0 }

let server: TestServer
let ada: Visitor
let ben: Visitor
let cable: Cable
let connection: Connection
let root: Root
let lobby: Lobby

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(async () => {
  push.mockClear()
  cable = await Cable.to(server.url)
  connection = connectAs(cable.url, ada)
  keepAsTab(connection)
  root = createRoot(document.createElement('div'))
})
afterEach(() => {
  act(() => root.unmount())
  connection.hangUp()
  cable.close()
})

function Page({ initial }: { initial: LobbyRooms }) {
  lobby = useLobby(ada.session.user, initial)
  return null
}
async function open(initial: LobbyRooms) {
  const page = <Page initial={initial} />
  act(() => root.render(<TestRouter>{page}</TestRouter>))
  await eventually(() => act(async () => expect(lobby.status).toBe('joined')))
}
const lists = (id: string) =>
  eventually(() => act(async () => expect(lobby.games.map((game) => game.id)).toContain(id)))
async function challengeBen() {
  const id = randomUUID()
  await challenge(ada.session.user, { id, opponent: ben.session.user.id, first: 'me', ...time })
  return id
}

test('a challenge of one’s own that is taken leads to its game, once', async () => {
  const id = await challengeBen()
  await open(await openLobby(ada.session.user))
  await act(() => accept(ben.session.user, id))
  await lists(id)
  expect(push.mock.calls).toEqual([[`/game/${id}`]])
})

test('so does one that was taken before the page could show it', async () => {
  await open(await openLobby(ada.session.user))
  const id = randomUUID()
  inject(() => {})
  expect(await act(() => lobby.ask('challenge', { id, opponent: null, first: 'me', ...time }))).toBeUndefined()
  await accept(ben.session.user, id)
  inject((send) => send())
  act(() => connection.hangUp())
  connection.connect()
  await lists(id)
  expect(push.mock.calls).toEqual([[`/game/${id}`]])
})

test.each(['anyone', 'ben'])(
  'so does one to %s that was taken between the rendering of the page and its joins',
  async (whom) => {
    const id = randomUUID()
    const opponent = whom === 'ben' ? ben.session.user.id : null
    await challenge(ada.session.user, { id, opponent, first: 'me', ...time })
    const painted = await openLobby(ada.session.user)
    await accept(ben.session.user, id)
    await open(painted)
    await lists(id)
    expect(push.mock.calls).toEqual([[`/game/${id}`]])
  },
)

test('so does one that was made in another tab, and taken before this one had drawn it', async () => {
  await open(await openLobby(ada.session.user))
  const id = await challengeBen()
  await accept(ben.session.user, id)
  await lists(id)
  expect(push.mock.calls).toEqual([[`/game/${id}`]])
})

test('a page from before, as one goes back to it, leads nowhere', async () => {
  const id = await challengeBen()
  const before = await openLobby(ada.session.user)
  await open(before)
  await act(() => accept(ben.session.user, id))
  await lists(id)
  expect(push.mock.calls).toEqual([[`/game/${id}`]])
  act(() => root.unmount())
  root = createRoot(document.createElement('div'))
  await open(before)
  await lists(id)
  expect(push.mock.calls).toEqual([[`/game/${id}`]])
})

/** Asks, and has the answer get lost once the server has done it. */
async function lose(ask: () => Promise<string | undefined>, done: () => Promise<boolean>) {
  cable.hold()
  const asked = ask()
  await until(done)
  cable.cut()
  cable.flow()
  return act(() => asked)
}

test('a challenge whose answer was lost is made once, and the screen says that it asks again', async () => {
  await open(await openLobby(ada.session.user))
  const id = randomUUID()
  const silent = vi.fn()
  const made = async () => (await readLobby(ada.session.user, 'all')).challenges.some((one) => one.id === id)
  const wish = { id, opponent: null, first: 'me' as const, ...time }
  expect(await lose(() => lobby.ask('challenge', wish, silent), made)).toBeUndefined()
  expect(silent).toHaveBeenCalled()
  expect(lobby.challenges.filter((one) => one.id === id)).toHaveLength(1)
  expect(await act(() => lobby.ask('withdraw', { id }))).toBeUndefined()
})

test('whoever accepts is led to the game though the answer was lost, once; a challenge another has taken leads nowhere', async () => {
  const [id, missed] = [randomUUID(), randomUUID()]
  for (const one of [id, missed]) {
    await challenge(ben.session.user, { id: one, opponent: null, first: 'me', ...time })
  }
  await open(await openLobby(ada.session.user))
  expect(
    await lose(
      () => lobby.ask('accept', { id }),
      async () => (await readStored(id)).state === 'playing',
    ),
  ).toBe(undefined)
  await lists(id)
  expect(push.mock.calls).toEqual([[`/game/${id}`]])
  const cleo = await server.signIn('cleo')
  await act(() => accept(cleo.session.user, missed))
  expect(await act(() => lobby.ask('accept', { id: missed }))).toMatch('Someone has taken')
  await lists(missed)
  expect(push.mock.calls).toEqual([[`/game/${id}`]])
})
