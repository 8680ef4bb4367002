import { rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plan } from '#channels/plan'
import { type Pushed, pushFrame } from '#channels/wire'
import { openTestContainer } from '#server/auth/test-container'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { placeDelivery } from '#server/models/test-delivery'
import { startNode, type TestNode } from '#server/test-node'
import { startTestServer, type TestServer } from '#server/test-server'
import { until } from '#server/test-wait'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')

/** What the issue promises after a crash, in milliseconds. */
const freeWithin = 15_000

interface Person {
  cookie: string
  csrfToken: string
}

/** A screen with the order open, which comes back by itself, and what it hears. */
function screen(port: number, { cookie, csrfToken }: Person, room: string) {
  const url = `http://127.0.0.1:${port}`
  const socket: Socket = io(url, {
    ...{ transports: ['websocket'], forceNew: true, auth: { csrfToken }, extraHeaders: { origin: url, cookie } },
    ...{ reconnectionDelay: 50, reconnectionDelayMax: 100 },
  })
  const told: Pushed[] = []
  socket.on('plan:push', (frame) => told.push(...pushFrame.parse(frame).pushes))
  let position: { epoch: string; seq: number } | undefined
  socket.on('connect', async () => {
    const reply = await socket.emitWithAck('plan:join', { room, position })
    told.push(...(reply.pushes ?? []))
    position = reply.position
  })
  return {
    socket,
    joined: () => until(() => position !== undefined),
    calculate: () => socket.emitWithAck('plan:calculate', { room, input: { effort: 'exhaustive' } }),
    cancel: (run: string) => socket.emitWithAck('plan:cancel', { room, input: { run } }),
    working: () =>
      until(() =>
        told.some(
          ({ push, data }) => push === 'progressed' && data && plan.pushes.progressed.data.parse(data).done > 0,
        ),
      ),
    ended: () =>
      until(() => {
        const [last] = told.filter(({ push }) => push === 'ended')
        return last && plan.pushes.ended.data.parse(last.data)
      }),
  }
}

describe('one server that is killed in mid-calculation and started again', () => {
  let dataDir: string
  let orderId: string
  let node: TestNode

  beforeEach(async () => {
    dataDir = await freshDataDir()
    const before = await openTestContainer({ dataDir })
    orderId = await placeDelivery()
    await before.close()
  })
  afterEach(async () => {
    node.kill('SIGKILL')
    await node.ended
    await rm(dataDir, { recursive: true, force: true })
  })

  test('has freed the panel on the other screen in time, and calculates again', async () => {
    node = startNode({ dataDir, names: ['ben', 'cleo'], settings: { DEMO_ORDERS: '0' } })
    const { port, visitors } = await node.started
    const [ben, cleo] = visitors
    if (!ben || !cleo) throw new Error('Nobody is signed in.')
    const [one, other] = [screen(port, ben, orderId), screen(port, cleo, orderId)]
    await Promise.all([one.joined(), other.joined()])
    const { output } = await one.calculate()
    await other.working()

    node.kill('SIGKILL')
    await node.ended
    node = startNode({ dataDir, port, settings: { DEMO_ORDERS: '0' } })
    // How long it takes to start is a matter of the machine.
    await node.started
    const backAt = Date.now()
    expect(await other.ended()).toEqual({ run: output.run, outcome: { is: 'lost' } })
    const took = Date.now() - backAt
    process.stdout.write(`free ${took} ms after the server was back\n`)
    expect(took).toBeLessThan(freeWithin)
    const again = await other.calculate()
    expect(again).toMatchObject({ ok: true })
    expect(await other.cancel(again.output.run)).toMatchObject({ ok: true })
    one.socket.disconnect()
    other.socket.disconnect()
  }, 60_000)
})

describe.runIf(redisListens && (await hasPostgres()))('on two nodes with one database and one Redis', () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  let dataDir: string
  let here: TestServer
  let node: TestNode

  beforeEach(async () => {
    dataDir = await freshDataDir()
    postgres = await createPostgresDatabase()
    const settings = {
      DATABASE_URL: postgres.url,
      // Not the stream that other tests use.
      REDIS_URL: 'redis://127.0.0.1:6379/8',
      NEXTAUTH_SECRET: 'a secret for tests, of at least 32 characters',
    }
    here = await startTestServer({ settings })
    node = startNode({ dataDir, settings, names: ['ben', 'ada'] })
  })
  afterEach(async () => {
    node.kill('SIGKILL')
    await node.ended
    await here.stop()
    await postgres.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('an admin cancels on one what runs on the other; and when that is killed, the one that lives frees the panel', async () => {
    const { port, visitors } = await node.started
    const [ben] = visitors
    if (!ben) throw new Error('Nobody is signed in.')
    const { prisma } = container().database
    await prisma.user.update({ where: { name: 'ada' }, data: { role: 'admin' } })
    const ada = await here.signIn('ada')
    const [first, second] = [await placeDelivery(), await placeDelivery(20)]
    const localPort = Number(new URL(here.url).port)

    const [there, mine] = [screen(port, ben, first), screen(localPort, ada, first)]
    await Promise.all([there.joined(), mine.joined()])
    const { output } = await there.calculate()
    await mine.working()
    expect(await mine.cancel(output.run)).toMatchObject({ ok: true })
    const cancelled = { run: output.run, outcome: { is: 'cancelled', by: { id: ada.session.user.id, name: 'ada' } } }
    expect(await there.ended()).toEqual(cancelled)
    expect(await mine.ended()).toEqual(cancelled)

    // Its only place to calculate would be taken, did it not stop what was cancelled here.
    const [next, watch] = [screen(port, ben, second), screen(localPort, ada, second)]
    await Promise.all([next.joined(), watch.joined()])
    const begun = await next.calculate()
    await watch.working()
    node.kill('SIGKILL')
    await node.ended
    const killedAt = Date.now()
    expect(await watch.ended()).toEqual({ run: begun.output.run, outcome: { is: 'lost' } })
    const took = Date.now() - killedAt
    process.stdout.write(`free ${took} ms after the node was killed\n`)
    expect(took).toBeLessThan(freeWithin)
    expect(container().latest.read(plan, second)).toEqual([])
    for (const { socket } of [there, mine, next, watch]) socket.disconnect()
  }, 60_000)
})
