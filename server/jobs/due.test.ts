import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { eventually } from '#server/test-wait'
import { Due } from './due'

let running: Awaited<ReturnType<typeof openTestContainer>>
let due: Due | undefined

beforeAll(async () => {
  running = await openTestContainer()
})
afterEach(() => due?.stop())
afterAll(() => running.close())

/** One that waits for its acts to be let through, and counts them. */
function held(): { acts: (() => void)[]; due: Due } {
  const acts: (() => void)[] = []
  const act = () => new Promise<null>((resolve) => acts.push(() => resolve(null)))
  due = new Due('a test', act)
  return { acts, due }
}

test('nothing is done before it starts or after it stops', async () => {
  const { acts, due } = held()
  due.look()
  expect(acts).toHaveLength(0)
  due.start()
  expect(acts).toHaveLength(1)
  acts[0]?.()
  await due.stop()
  due.look()
  expect(acts).toHaveLength(1)
})

test('what is planned while it looks is looked at once more, and never two at a time', async () => {
  const { acts, due } = held()
  due.start()
  due.look()
  due.look()
  expect(acts).toHaveLength(1)
  acts[0]?.()
  await eventually(() => expect(acts).toHaveLength(2))
  acts[1]?.()
})

test('it acts again when the next thing is due', async () => {
  let acted = 0
  due = new Due('a test', async () => (++acted < 3 ? Date.now() + 20 : null))
  due.start()
  await eventually(() => expect(acted).toBe(3))
})

test('what fails is done when it is next looked at', async () => {
  let acted = 0
  due = new Due('a test', async () => {
    if (++acted === 1) throw new Error('on purpose')
    return null
  })
  due.start()
  due.look()
  await eventually(() => expect(acted).toBe(2))
})

test('it stops only when what it does has ended', async () => {
  const { acts, due } = held()
  due.start()
  let stopped = false
  const stopping = due.stop().then(() => {
    stopped = true
  })
  await turn()
  expect(stopped).toBe(false)
  acts[0]?.()
  await stopping
})
