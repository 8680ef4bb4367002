import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { GamePaint } from '#channels/game'
import type { Connection } from '#components/realtime/connection'
import { Cable } from '#components/realtime/test-cable'
import { connectAs, keepAsTab } from '#components/realtime/test-client'
import { container } from '#server/container'
import { openGame } from '#server/models/game'
import { resign } from '#server/models/game-play'
import { rematch } from '#server/models/game-rematch'
import { readStored, startGame } from '#server/models/test-game'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import { push, TestRouter } from './test-router'
import { type GameView, useGame } from './use-game'

let server: TestServer
let ada: Visitor
let ben: Visitor
let cable: Cable
let connection: Connection
let root: Root
let view: GameView
let painted: GamePaint

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
  const id = await startGame([ada.session.user, ben.session.user])
  await resign(ada.session.user, id)
  const paint = await openGame(ada.session.user, id)
  if (!paint) throw new Error('There is no such game.')
  painted = paint
})
afterEach(() => {
  act(() => root.unmount())
  connection.hangUp()
  cable.close()
})

function Page() {
  view = useGame(ada.session.user, painted)
  return null
}
async function open() {
  act(() =>
    root.render(
      <TestRouter>
        <Page />
      </TestRouter>,
    ),
  )
  await eventually(() => act(async () => expect(view.status).toBe('joined')))
}
const granted = () => eventually(() => act(async () => expect(view.game.rematch).not.toBeNull()))
const asks = ({ session }: Visitor) => rematch(session.user, painted.state.game.id)

test('the rematch leads both players on, once, whoever granted it', async () => {
  await open()
  await asks(ben)
  expect(await act(() => view.ask('rematch', {}))).toBeUndefined()
  await granted()
  expect(push.mock.calls).toEqual([[`/game/${view.game.rematch}`]])
})

test('so does one that was granted while the line was cut, and that no push tells of any more', async () => {
  await open()
  expect(await act(() => view.ask('rematch', {}))).toBeUndefined()
  act(() => connection.hangUp())
  await asks(ben)
  await container().database.prisma.logEntry.deleteMany()
  connection.connect()
  await granted()
  expect(push.mock.calls).toEqual([[`/game/${view.game.rematch}`]])
})

test('a page from before, as one goes back to it, leads nowhere', async () => {
  await asks(ada)
  await asks(ben)
  await open()
  await granted()
  expect(push.mock.calls).toEqual([])
})

test('whose answer is lost is told so, and may press again: it is done once', async () => {
  await open()
  cable.hold()
  const asked = view.ask('rematch', {})
  await until(async () => (await readStored(painted.state.game.id)).rematchBy === 0)
  cable.cut()
  cable.flow()
  expect(await act(() => asked)).toMatch('No answer came, so it may be done.')
  await eventually(() => act(async () => expect(view.game.rematchBy).toBe(0)))
  const { version } = view.game
  expect(await act(() => view.ask('rematch', {}))).toBeUndefined()
  expect(await readStored(painted.state.game.id)).toMatchObject({ rematchBy: 0, version })
})
