import { expect, test } from 'vitest'
import type { Measurement } from '#channels/telemetry'
import { readings } from './use-telemetry'

const key = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'hall 2' }
const measured = (device: string, at: number, name = 'hall 2'): Measurement => ({
  device,
  metrics: { load: 1 },
  at,
  key: { ...key, name },
})

test('a device is silent when it has said nothing for more than a minute', () => {
  const [press, saw] = readings([measured('saw', 1_000), measured('press', 1_001)], 61_001)
  expect(press).toMatchObject({ device: 'press', stale: false })
  expect(saw).toMatchObject({ device: 'saw', stale: true })
})

test('they stand by name, and those of one name by that of their key', () => {
  const shown = readings([measured('b', 0), measured('a', 0, 'two'), measured('a', 0, 'one')], 0)
  expect(shown.map(({ device, key }) => `${device} ${key.name}`)).toEqual(['a one', 'a two', 'b hall 2'])
})
