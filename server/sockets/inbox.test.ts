import { expect, test, vi } from 'vitest'
import { Inbox } from './inbox'

const open = (mostBytes: number) => {
  const reading = { pause: vi.fn(), resume: vi.fn() }
  return { reading, inbox: new Inbox(reading, mostBytes) }
}

/** Work that ends when it is told to. */
function held() {
  let release = () => {}
  const done = new Promise<void>((resolve) => {
    release = resolve
  })
  return { work: () => done, release: () => release() }
}

test('reading pauses once when more than 32 messages wait, and goes on once when they do not', async () => {
  const { reading, inbox } = open(1_000)
  const first = held()
  inbox.add(1, first.work)
  for (let count = 1; count < 32; count++) inbox.add(1, async () => {})
  expect(reading.pause).not.toHaveBeenCalled()
  inbox.add(1, async () => {})
  inbox.add(1, async () => {})
  expect(reading.pause).toHaveBeenCalledTimes(1)
  expect(reading.resume).not.toHaveBeenCalled()
  first.release()
  await inbox.handled
  expect(reading.resume).toHaveBeenCalledTimes(1)
  expect(reading.pause).toHaveBeenCalledTimes(1)
})

test('reading pauses when more bytes wait than may', async () => {
  const { reading, inbox } = open(100)
  const first = held()
  inbox.add(100, first.work)
  expect(reading.pause).not.toHaveBeenCalled()
  inbox.add(1, async () => {})
  expect(reading.pause).toHaveBeenCalledTimes(1)
  first.release()
  await inbox.handled
  expect(reading.resume).toHaveBeenCalledTimes(1)
})
