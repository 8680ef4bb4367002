import { randomUUID } from 'node:crypto'
import { act, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Subscription } from '#channels/message'
import type { Connection } from '#components/realtime/connection'
import { connectAs, keepAsTab } from '#components/realtime/test-client'
import { openSubscription, sendMessage } from '#server/models/subscription'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { useMessage } from './use-message'

let server: TestServer
let ben: Visitor
let connection: Connection
let place: HTMLElement
let root: Root

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(() => {
  connection = connectAs(server.url, ben)
  keepAsTab(connection)
  place = document.createElement('div')
  root = createRoot(place)
})
afterEach(() => {
  act(() => root.unmount())
  connection.hangUp()
})

interface ProgressProps {
  id: string
  initial: Subscription
  onReceive?: (text: string | null) => void
}

function Progress({ id, initial, onReceive }: ProgressProps) {
  const { message, status, refusal } = useMessage(id, { initial, onReceive: ({ text1 }) => onReceive?.(text1) })
  return (
    <p>
      {status} {refusal?.code} {message ? `${message.text1} ${message.progress}` : 'nothing yet'}
    </p>
  )
}

const shows = (text: string) => eventually(() => act(async () => expect(place.textContent).toBe(text)))

test('a subscription of somebody else shows nothing, and why', async () => {
  const id = randomUUID()
  const cleo = await server.signIn('cleo')
  const initial = await openSubscription(id, cleo.session.user.id)
  act(() => root.render(<Progress id={id} initial={{ ...initial, state: { message: null } }} />))
  await shows('denied not-found nothing yet')
})

test('shows what was painted and then what is sent, and runs what is to be run once for each', async () => {
  const id = randomUUID()
  const initial = await openSubscription(id, ben.session.user.id)
  const received = vi.fn()
  act(() =>
    root.render(
      <StrictMode>
        <Progress id={id} initial={initial} onReceive={received} />
      </StrictMode>,
    ),
  )
  expect(place.textContent).toBe('joining  nothing yet')
  await shows('joined  nothing yet')
  await act(() => sendMessage(id, { text1: 'Repricing', progress: 10 }))
  await shows('joined  Repricing 10')
  act(() => connection.socket.io.engine.close())
  await sendMessage(id, { progress: 20 })
  await sendMessage(id, { text1: 'Done', progress: 100 })
  await shows('joined  Done 100')
  expect(received.mock.calls).toEqual([['Repricing'], ['Repricing'], ['Done']])
})

test('paints the last message sent', async () => {
  const id = randomUUID()
  await openSubscription(id, null)
  await sendMessage(id, { text1: 'Closing at', progress: 18 })
  const initial = await openSubscription(id, null)
  act(() => root.render(<Progress id={id} initial={initial} />))
  expect(place.textContent).toBe('joining  Closing at 18')
  await shows('joined  Closing at 18')
})
