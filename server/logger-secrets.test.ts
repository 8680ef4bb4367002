import { pino } from 'pino'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import { demonstrationPassword } from '#server/auth/demonstration'
import { authOptions } from '#server/auth/options'
import { container } from '#server/container'
import { createApiKey } from '#server/models/api-key'
import { endSession } from '#server/models/session'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { addEndpoint } from '#server/sockets/endpoints'
import { openSocket, refusalOf } from '#server/sockets/test-client'
import { endOf, startTestServer, type TestServer } from '#server/test-server'
import { serializers } from './logger'

const body = 'what nobody but the two of them may read'
const metricsToken = 'the-token-of-the-figures'
const wrongPassword = 'not the password, but close'
const deviceCookie = 'the-cookie-of-a-known-device'
const nextauthSecret = 'what all cookies here are signed with'

const letters = defineChannel({
  name: 'letters',
  room: z.string(),
  state: z.object({}),
  pushes: { sent: stream(z.string()) },
  calls: {
    send: { input: z.object({ body: z.string() }), output: z.object({}) },
    parse: { input: z.object({ body: z.string() }), output: z.object({}) },
    query: { input: z.object({ body: z.string() }), output: z.object({}) },
    answer: { input: z.object({ body: z.string() }), output: z.strictObject({ ok: z.literal(true) }) },
  },
})

const served = serve(letters, {
  authorize: () => {},
  state: async () => ({}),
  calls: {
    send: async ({ room }, input) => {
      await publish(letters, room, 'sent', input.body)
      return {}
    },
    parse: async (_, input) => JSON.parse(input.body),
    query: async (_, input) => {
      await container().database.prisma.$queryRaw`SELECT ${input.body}::uuid`
      return {}
    },
    answer: async (_, input) => Object.assign({ ok: true } as const, { [input.body]: 1 }),
  },
})

let server: TestServer
const lines: string[] = []

beforeAll(async () => {
  const log = pino({ level: 'trace', serializers }, { write: (line) => void lines.push(line) })
  const settings = { METRICS_TOKEN: metricsToken, NEXTAUTH_SECRET: nextauthSecret }
  server = await startTestServer({ channels: [served], settings, log })
})
afterAll(() => server.stop())

const said = (message: string) => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message)
const ask = (socket: Socket, call: string) => socket.emitWithAck(`letters:${call}`, { room: 'hall', input: { body } })

test('whatever happens, a line says so, and no cookie, token, password or message is ever in one', async () => {
  const ada = await server.signIn('ada')
  const { key } = await createApiKey(
    { ...ada.session.user, role: 'admin' },
    { name: 'till', scopes: ['till'], expiresAt: null },
  )

  const stranger = server.open({ cookie: ada.cookie, csrfToken: 'f'.repeat(64) })
  await new Promise((resolve) => stranger.once('connect_error', resolve))
  expect(said('handshake refused')).toMatchObject([{ code: 'forbidden' }])

  const socket = await server.connect(ada)
  expect(said('socket opened')).toMatchObject([{ path: '/socket.io', session: ada.session.id }])
  await socket.emitWithAck('letters:join', { room: 'hall' })
  expect(await ask(socket, 'send')).toMatchObject({ ok: true })
  for (const call of ['parse', 'query', 'answer']) expect(await ask(socket, call)).toMatchObject({ code: 'internal' })
  expect(said('request failed')).toHaveLength(3)
  expect(await socket.emitWithAck('letters:send', { room: 'hall', input: { body: [body] } })).toMatchObject({
    code: 'invalid',
  })

  const malformed = endOf(socket)
  socket.emit(body, { body })
  await malformed
  expect(said('socket closed')).toMatchObject([{ reason: 'malformed', socket: socket.id ?? expect.anything() }])

  const ending = endOf(await server.connect(ada))
  await endSession(ada.session.id, 'revoked')
  await ending
  expect(said('session ended')).toMatchObject([{ session: ada.session.id, reason: 'revoked' }])
  expect(said('socket closed')).toHaveLength(2)

  await askRawEndpoints(key)
  await signIn(demonstrationPassword)
  await signIn(wrongPassword)
  expect(said('signed in')).toHaveLength(1)
  expect(said('sign-in refused')).toHaveLength(1)
  authOptions().logger?.error?.('SOME_ERROR', { error: new Error('something'), cookie: ada.cookie })
  expect(said('next-auth')).toHaveLength(1)

  await server.stop()
  for (const message of ['draining', 'drained', 'node left']) expect(said(message), message).toHaveLength(1)

  const secrets = {
    body,
    metricsToken,
    wrongPassword,
    deviceCookie,
    nextauthSecret,
    key,
    csrfToken: ada.csrfToken,
    demonstrationPassword,
  }
  const text = lines.join('')
  for (const [what, secret] of Object.entries(secrets)) expect(text.includes(secret), what).toBe(false)
  for (const value of ada.cookie.split(/[;=] ?/)) if (value.length > 40) expect(text.includes(value)).toBe(false)
  expect(said('node joined')).toHaveLength(1)
})

async function askRawEndpoints(key: string): Promise<void> {
  const handler = { onMessage: (message: string) => JSON.parse(message) }
  addEndpoint('till', { description: 'Takes what cannot be parsed.', authenticate: 'api-key', handler })
  await refusalOf(server, 'till', {}, { headers: { authorization: `Bearer ${key}x` } })
  expect(said('upgrade refused')).toMatchObject([{ code: 'unauthenticated' }])
  const client = await openSocket(server, 'till', {}, { headers: { authorization: `Bearer ${key}` } })
  client.send(body)
  await client.closed
  await expect.poll(() => said('a handler failed')).toHaveLength(1)
  expect(said('socket opened')).toHaveLength(3)
  await expect.poll(() => said('socket closed')).toHaveLength(3)
}

/** As next-auth would; without its request there is no place for the cookie, which is a failure of its own. */
async function signIn(password: string): Promise<void> {
  const [provider] = authOptions().providers
  const authorize: unknown = provider?.type === 'credentials' ? Reflect.get(provider.options, 'authorize') : undefined
  if (typeof authorize !== 'function') throw new Error('There is no provider to sign in with.')
  const headers = {
    cookie: `switchboard.device=${deviceCookie}`,
    'user-agent': 'a test',
    'x-client-address': '192.0.2.1',
  }
  await expect(authorize({ username: 'ben', password }, { headers })).rejects.toThrow()
}
