import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Connection } from '#components/realtime/connection'
import { connectAs, keepAsTab } from '#components/realtime/test-client'
import { changeRole, renameUser } from '#server/models/user'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import { usePersonChange } from './use-person-change'

let server: TestServer
let ada: Visitor
let ben: Visitor
let connection: Connection
let root: Root
const refresh = vi.fn()

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(() => {
  refresh.mockClear()
  connection = connectAs(server.url, ben)
  keepAsTab(connection)
  root = createRoot(document.createElement('div'))
})
afterEach(() => {
  act(() => root.unmount())
  connection.hangUp()
})

function Page({ person }: { person: { name: string; role: 'admin' | 'member' } }) {
  usePersonChange(person, refresh)
  return null
}

const show = (name: string, role: 'admin' | 'member') => act(() => root.render(<Page person={{ name, role }} />))
const refreshed = (times: number) => eventually(() => act(async () => expect(refresh).toHaveBeenCalledTimes(times)))
const told = () => until(() => connection.person !== undefined)

test('nothing is done while the page shows who the person is', async () => {
  show('ben', 'member')
  await act(told)
  expect(refresh).not.toHaveBeenCalled()
})

test('a new role, and then a new name, render the page anew', async () => {
  show('ben', 'member')
  await act(told)
  await changeRole(ada.session.user, ben.session.user.id, 'admin')
  await refreshed(1)
  show('ben', 'admin')
  await renameUser(ada.session.user, ben.session.user.id, 'benedict')
  await refreshed(2)
  show('benedict', 'admin')
  expect(refresh).toHaveBeenCalledTimes(2)
})

test('a page that was rendered before the change follows when its line opens', async () => {
  show('ben', 'member')
  await refreshed(1)
})
