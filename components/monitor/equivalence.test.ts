import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CloseReason, closeReason, monitor } from '#channels/monitor'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { withdraw } from '#server/realtime/publish'
import { startTestServer, type TestServer } from '#server/test-server'
import { monitorFold } from './use-monitor'

interface Operation {
  does: 'happens' | 'forgotten'
  number: number
  reason: CloseReason
}
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    does: fc.constantFrom('happens', 'happens', 'happens', 'forgotten'),
    number: fc.integer({ min: 1, max: 5 }),
    reason: fc.constantFrom(...closeReason.options),
  },
  { noNullPrototype: true },
)

/**
 * Ada looks at what happens to Cleo, from two places, while another node tells of it: Cleo herself does nothing, so
 * that nothing beside that changes what is shown.
 */
const trial: Trial<typeof monitor, Operation> = {
  channel: monitor,
  fold: monitorFold,
  people: ['ada'],
  rooms: () => [cleo],
  operations,
  async operate(_, { does, number, reason }) {
    const key = `${node}/${number}`
    if (does === 'forgotten') {
      withdraw(monitor, cleo, 'happened', key)
      return []
    }
    const what = { socket: 'a', path: '/socket.io', what: 'closed', about: null, times: 1 } as const
    container().latest.put(monitor, cleo, 'happened', { node, number, at: Date.now(), reason, ...what })
    return []
  },
}
const node = '0190b6f0-0000-7000-8000-000000000001'
let cleo = ''

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
  cleo = (await container().database.prisma.user.findUniqueOrThrow({ where: { name: 'cleo' } })).id
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows what is loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 6 })
  expect(granted).toBeGreaterThan(15)
  expect(cut).toBeGreaterThan(3)
}, 120_000)
