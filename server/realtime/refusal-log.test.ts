import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { container, fillContainer } from '#server/container'
import { RefusalLog } from './refusal-log'

let close: () => Promise<void>
const lines: string[] = []

beforeAll(async () => {
  ;({ close } = await openTestContainer())
  fillContainer({ ...container(), log: pino({}, { write: (line: string) => lines.push(line) }) })
})
afterAll(() => close())

test('a flood of refusals is logged by its first and its number', async () => {
  const log = new RefusalLog()
  for (let count = 0; count < 1_000; count++) log.note({ code: 'forbidden' }, 'handshake refused')
  expect(lines).toHaveLength(20)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ code: 'forbidden', msg: 'handshake refused' })
  await expect
    .poll(() => {
      log.note({ code: 'forbidden' }, 'handshake refused')
      return lines.length
    })
    .toBeGreaterThan(20)
  expect(JSON.parse(lines[20] ?? '').unlogged).toBeGreaterThanOrEqual(980)
})
