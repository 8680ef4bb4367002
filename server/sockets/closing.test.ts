import { expect, test, vi } from 'vitest'
import { container } from '#server/container'
import { startTestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { addEndpoint } from './endpoints'
import { createWebsocket, getClients } from './outbound/clients'
import { openSocket } from './test-client'

test('when the server closes, sockets both ways are told so, and handlers may finish', async () => {
  const server = await startTestServer()
  const told = vi.fn()
  const onClose = async (code: number, reason: string) => {
    // What a handler writes in the end is still written.
    await container().database.check()
    told(code, reason)
  }
  addEndpoint('closing', { description: 'For a test.', handler: { onClose }, authenticate: 'public' })
  const socket = await openSocket(server, 'closing')
  const client = createWebsocket(`${server.url.replace('http', 'ws')}/ws/time`, {})
  await eventually(() => expect(client.status.state).toBe('open'))

  await server.stop()
  expect(await socket.closed).toEqual({ code: 1001, reason: 'restarting' })
  expect(told.mock.calls).toEqual([[1001, 'restarting']])
  expect(client.status.state).toBe('closed')
  expect(getClients()).toEqual([])
})
