import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { numbers, seriesRoom } from '#channels/number'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { startTestServer, type TestServer } from '#server/test-server'
import { numberFold } from './number-fold'

type Operation = {
  does: 'reserve' | 'confirm' | 'giveBack' | 'holdAgain' | 'expire' | 'rename'
  room: 'order' | 'invoice'
  which: number
}
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    does: fc.constantFrom(
      'reserve',
      'reserve',
      'reserve',
      'confirm',
      'confirm',
      'giveBack',
      'holdAgain',
      'expire',
      'rename',
    ),
    room: fc.constantFrom('order', 'invoice'),
    which: fc.nat(99),
  },
  { noNullPrototype: true },
)

/** What each person has reserved by, in either series. */
const reserved: { id: string; by: string }[] = []

const trial: Trial<typeof numbers, Operation> = {
  channel: numbers,
  fold: numberFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: () => ['order', 'invoice', seriesRoom],
  operations,
  async operate(tab, { does, room: name, which }) {
    const room = tab.room(name)
    if (does === 'reserve') {
      const id = randomUUID()
      reserved.push({ id, by: tab.user.id })
      await room.call('reserve', { id })
      return []
    }
    if (does === 'rename') {
      const [series] = room.snapshot.state.series
      if (series) await room.call('change', { ...series, title: `Title ${which}`, next: null })
      return []
    }
    const held = room.snapshot.state.held.filter(({ by }) => does === 'expire' || by.id === tab.user.id)
    const known = does === 'holdAgain' ? reserved.filter(({ by }) => by === tab.user.id) : held
    const id = known[which % known.length]?.id
    if (!id) return []
    if (does === 'expire') {
      const past = new Date(Date.now() - 1)
      await container().database.prisma.numberReservation.updateMany({
        where: { id, state: 'reserved' },
        data: { until: past },
      })
      container().work.numbers.look()
      return []
    }
    const data = await room.call(does, { id })
    return does === 'confirm' ? [{ room: name, push: 'confirmed', data }] : []
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab holds the numbers that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
