import { randomUUID } from 'node:crypto'
import { createConnection } from 'node:net'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import { Server } from 'socket.io'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openTestContainer } from '#server/auth/test-container'
import { container } from '#server/container'
import { defineNodeMessage, NodeMessages } from './node-messages'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')

const counted = defineNodeMessage('counted', z.object({ count: z.number() }))
const stop: (() => void)[] = []
let running: Awaited<ReturnType<typeof openTestContainer>>

beforeAll(async () => {
  running = await openTestContainer()
})
afterAll(() => running.close())
afterEach(() => {
  for (const one of stop.splice(0)) one()
})

function listen(messages: NodeMessages): number[] {
  const heard: number[] = []
  messages.listen(counted, ({ count }) => heard.push(count))
  return heard
}

describe('one node', () => {
  test('what is not what was declared is heard by nobody, and logged', () => {
    const messages = new NodeMessages(new Server())
    const heard = listen(messages)
    const log = vi.spyOn(container().log, 'error')
    messages.tell({ name: 'counted', payload: z.unknown() }, { count: 'many' })
    expect(heard).toEqual([])
    expect(log).toHaveBeenCalledWith({ message: 'counted' }, expect.any(String))
    log.mockRestore()
  })

  test('tells itself before it goes on, every listener, and says nothing of other nodes', () => {
    const messages = new NodeMessages(new Server())
    const [one, two] = [listen(messages), listen(messages)]
    const warned = vi.spyOn(console, 'warn')
    messages.tell(counted, { count: 1 })
    expect([one, two]).toEqual([[1], [1]])
    expect(warned).not.toHaveBeenCalled()
    warned.mockRestore()
  })
})

describe.runIf(redisListens)('two nodes on one Redis', () => {
  async function startNode(streamName: string): Promise<NodeMessages> {
    const client = createClient({ url: 'redis://127.0.0.1:6379' })
    await client.connect()
    const io = new Server()
    io.adapter(createAdapter(client, { streamName, channelPrefix: streamName }))
    const messages = new NodeMessages(io)
    messages.reachOthers()
    stop.push(() => client.destroy())
    return messages
  }

  test('each hears what the other tells, once, and itself once', async () => {
    const name = `test-${randomUUID()}`
    const [here, there] = [await startNode(name), await startNode(name)]
    const [one, two] = [listen(here), listen(there)]
    // Each has to be listening before anything is told.
    await expect.poll(() => here.tell(counted, { count: 0 }) ?? two.length).toBeGreaterThan(0)
    await expect.poll(() => there.tell(counted, { count: 0 }) ?? one.at(-1)).toBe(0)
    one.length = two.length = 0
    here.tell(counted, { count: 1 })
    there.tell(counted, { count: 2 })
    await expect.poll(() => [one.includes(2), two.includes(1)]).toEqual([true, true])
    const told = (heard: number[]) => heard.filter((count) => count > 0).sort()
    expect([told(one), told(two)]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })
})
