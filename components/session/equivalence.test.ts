import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SignInAnswer, sessions, signInAnswer } from '#channels/session'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { requestSignIn, withdrawRequest } from '#server/models/sign-in-request'
import { startTestServer, type TestServer } from '#server/test-server'
import { sessionFold } from './use-session'

type Operation = { does: 'start' | 'end' | 'ask' | 'answer' | 'withdraw'; answer: SignInAnswer; which: number }
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    does: fc.constantFrom('start', 'start', 'end', 'ask', 'answer', 'withdraw'),
    answer: fc.constantFrom(...signInAnswer.options),
    which: fc.nat(99),
  },
  { noNullPrototype: true },
)
const place = { device: 'Firefox on Linux', address: '192.0.2.1' }

/** Everyone has one more device that comes and goes, and is asked by yet another; Ada looks on. */
const trial: Trial<typeof sessions, Operation> = {
  channel: sessions,
  fold: sessionFold,
  people: ['ada', 'ben'],
  rooms: ({ id, role }) => (role === 'admin' ? [id, ben] : [id]),
  operations,
  async operate(tab, { does, answer, which }) {
    const { user } = tab
    const own = tab.room(user.id)
    const { sessions: devices, asks } = own.snapshot.state
    // Never one of the test's own, with whose end the tabs would go.
    const others = devices.filter(({ device }) => device === place.device)
    const device = others[which % others.length]
    const ask = asks[which % asks.length]
    if (does === 'start' || does === 'ask') {
      const policy = does === 'start' ? 'many' : 'ask'
      await container().database.prisma.user.update({ where: { id: user.id }, data: { sessionPolicy: policy } })
      await requestSignIn({ user, ...place })
      return []
    }
    if (does === 'end' && device) {
      const { id } = device
      await own.call('end', { id })
      return [{ room: user.id, push: 'ended', data: { id } }]
    }
    if (does === 'answer' && ask) {
      const { id } = ask
      await own.call('answer', { id, answer })
      return [{ room: user.id, push: 'settled', data: { id } }]
    }
    if (does === 'withdraw' && ask) await withdrawRequest(ask.id)
    return []
  },
  // When a device was last seen is noted where it is looked for; questions go by themselves in time.
  shared: ({ sessions: devices, asks }) => ({
    asks: asks.filter(({ until }) => until > Date.now() + 10_000),
    devices: devices.map(({ lastSeenAt: _, ...device }) => device),
  }),
}

let server: TestServer
let ben: string
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
  const { prisma } = container().database
  ben = (await prisma.user.findUniqueOrThrow({ where: { name: 'ben' } })).id
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab holds the sessions, tabs and questions that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial)
  expect(granted).toBeGreaterThan(25)
  expect(cut).toBeGreaterThan(4)
}, 120_000)
