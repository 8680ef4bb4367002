import { randomUUID } from 'node:crypto'
import { act, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream } from '#channels/contract'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { publish, withdraw } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import type { Connection } from './connection'
import type { Fold } from './fold'
import { connectAs, keepAsTab } from './test-client'
import { useChannel } from './use-channel'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({ notes: z.array(z.string()) }),
  pushes: { noted: stream(z.string()), counted: latest(z.number(), () => 'count') },
  calls: {},
})
const joins: string[] = []
const serveNotes = serve(notes, {
  authorize: ({ room }) => void joins.push(room),
  state: async ({ room }) => ({ notes: [`${room} from the server`] }),
  calls: {},
})
const fold: Fold<typeof notes> = { pushes: { noted: (state, text) => ({ notes: [...state.notes, text] }) } }
const initial = (room: string) => ({ state: { notes: [`${room} as painted`] }, position: { epoch: '', seq: 0 } })

let server: TestServer
let connection: Connection
let place: HTMLElement
let root: Root

beforeAll(async () => {
  server = await startTestServer({ channels: [serveNotes] })
})
afterAll(() => server.stop())
beforeEach(async () => {
  connection = connectAs(server.url, await server.signIn('ben'))
  keepAsTab(connection)
  place = document.createElement('div')
  root = createRoot(place)
  joins.length = 0
})
afterEach(() => {
  act(() => root.unmount())
  connection.hangUp()
})

const renders: string[] = []
function Notes({ room, onNoted }: { room: string; onNoted?: (text: string) => void }) {
  const { state, status } = useChannel(notes, room, { initial: initial(room), fold, onPush: { noted: onNoted } })
  const text = `${status}: ${state.notes.join(', ')}`
  renders.push(`${room} ${text}`)
  return <p>{text}</p>
}

const shows = (text: string) => eventually(() => act(async () => expect(place.textContent).toBe(text)))

test('paints what the server rendered, joins, and folds what is pushed, in strict mode as well', async () => {
  const room = randomUUID()
  const noted = vi.fn()
  act(() =>
    root.render(
      <StrictMode>
        <Notes room={room} onNoted={noted} />
      </StrictMode>,
    ),
  )
  expect(place.textContent).toBe(`joining: ${room} as painted`)
  await shows(`joined: ${room} from the server`)
  expect(joins).toEqual([room])
  await publish(notes, room, 'noted', 'pushed')
  await shows(`joined: ${room} from the server, pushed`)
  expect(noted.mock.calls).toEqual([['pushed']])
})

test('shows nothing of the old room under the name of the new one', async () => {
  const [one, two] = [randomUUID(), randomUUID()]
  act(() => root.render(<Notes room={one} />))
  await shows(`joined: ${one} from the server`)
  renders.length = 0
  act(() => root.render(<Notes room={two} />))
  await shows(`joined: ${two} from the server`)
  expect(renders.filter((text) => text.includes(one))).toEqual([])
  await eventually(async () => expect(await container().io.in(`notes/${one}`).fetchSockets()).toHaveLength(0))
})

test('of two that show a room one may go, and the other hears on', async () => {
  const room = randomUUID()
  act(() => root.render([<Notes key="one" room={room} />, <Notes key="two" room={room} />]))
  const text = `joined: ${room} from the server`
  await shows(text + text)
  expect(joins).toEqual([room])
  act(() => root.render([<Notes key="two" room={room} />]))
  await publish(notes, room, 'noted', 'heard')
  await shows(`${text}, heard`)
})

test('leaves when it is taken away', async () => {
  const room = randomUUID()
  act(() => root.render(<Notes room={room} />))
  await shows(`joined: ${room} from the server`)
  act(() => root.render(null))
  await eventually(async () => expect(await container().io.in(`notes/${room}`).fetchSockets()).toHaveLength(0))
  expect(connection.room(`notes/${room}`)).toBeUndefined()
})

interface CountProps {
  room: string
  painted: FirstPaint<StateOf<typeof notes>>
  counted(count: number): void
}
function Count({ room, painted, counted }: CountProps) {
  const { latest, status } = useChannel(notes, room, { initial: painted, fold, onPush: { counted } })
  return <p>{`${status}: ${latest.counted.count ?? 'none'}`}</p>
}

test('shows the newest values that were painted, on the server as well, then those that come, and none withdrawn', async () => {
  const room = randomUUID()
  const counted = vi.fn()
  const painted = { ...initial(room), latest: [{ push: 'counted', key: 'count', at: 1, data: 1 }] }
  const count = <Count room={room} painted={painted} counted={counted} />
  expect(renderToString(count)).toBe('<p>joining: 1</p>')
  await publish(notes, room, 'counted', 2)
  act(() => root.render(count))
  expect(place.textContent).toBe('joining: 1')
  await shows('joined: 2')
  await publish(notes, room, 'counted', 3)
  await shows('joined: 3')
  withdraw(notes, room, 'counted', 'count')
  await shows('joined: none')
  expect(counted.mock.calls).toEqual([[3]])
})
