import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Effort, plan, progress } from '#channels/plan'
import type { Pushed, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { PlanRuns } from '#server/jobs/plan-runs'
import { takeLock } from '#server/models/busy-lock'
import { planLock, readPlan } from '#server/models/order-plan'
import { readPlannedOrder } from '#server/models/order-plan-content'
import { finishPlan, type PlanTask, sweepPlans } from '#server/models/order-plan-run'
import { placeDelivery } from '#server/models/test-delivery'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'

let server: TestServer
let ada: Visitor
let ben: Visitor
let cleo: Visitor
let orderId: string

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
  cleo = await server.signIn('cleo')
})
afterAll(() => server.stop())
beforeEach(async () => {
  orderId = await placeDelivery()
})

const userOf = ({ session: { user } }: Visitor) => ({ id: user.id, name: user.name })

/** A screen with the order open, and all it is told of the plan. */
async function screen(visitor: Visitor, room = orderId) {
  const socket = await server.connect(visitor)
  const told: Pushed[] = []
  socket.on('plan:push', (frame: PushFrame) => frame.room === room && told.push(...frame.pushes))
  const joined = await socket.emitWithAck('plan:join', { room })
  return {
    socket,
    joined,
    calculate: (effort: Effort) => socket.emitWithAck('plan:calculate', { room, input: { effort } }),
    cancel: (run: string) => socket.emitWithAck('plan:cancel', { room, input: { run } }),
    of: (push: string) => told.filter((one) => one.push === push).map(({ data }) => data),
    progress: () => told.flatMap(({ push, data }) => (push === 'progressed' && data ? [progress.parse(data)] : [])),
  }
}
type Screen = Awaited<ReturnType<typeof screen>>

const ended = (one: Screen) =>
  eventually(() => {
    const [last] = one.of('ended').slice(-1)
    return plan.pushes.ended.data.parse(last)
  })
const working = (one: Screen) => until(() => one.progress().some(({ done, waiting }) => done > 0 && !waiting))
const progressLeft = (room = orderId) => container().latest.read(plan, room)

describe('refused', () => {
  test('an order there is not, an effort there is not, and what is no room', async () => {
    const socket = await server.connect(ben)
    const join = (room: string) => socket.emitWithAck('plan:join', { room })
    expect(await join(randomUUID())).toMatchObject({ ok: false, code: 'not-found' })
    expect(await join('first')).toMatchObject({ ok: false, code: 'not-found' })
    const one = await screen(ben)
    const input = { effort: 'heroic' }
    expect(await one.socket.emitWithAck('plan:calculate', { room: orderId, input })).toMatchObject({ code: 'invalid' })
    expect(await readPlan(orderId)).toEqual({ running: null, plan: null })
  })

  test.each(['done', 'cancelled'] as const)('one that is %s', async (state) => {
    await container().database.prisma.workOrder.update({ where: { id: orderId }, data: { state } })
    expect(await (await screen(ben)).calculate('quick')).toMatchObject({ ok: false, code: 'conflict' })
    expect((await readPlan(orderId)).running).toBeNull()
  })

  test('one that cannot be delivered, and says why', async () => {
    const { prisma } = container().database
    await prisma.product.updateMany({ where: { lines: { some: { orderId } } }, data: { weightGrams: 700_000 } })
    const answer = await (await screen(ben)).calculate('quick')
    expect(answer).toMatchObject({ code: 'conflict', message: expect.stringContaining('too heavy for any van') })
  })

  test('to cancel as one who neither began it nor is an admin, and to cancel what is over', async () => {
    const [one, other] = [await screen(ben), await screen(cleo)]
    const { output } = await one.calculate('exhaustive')
    expect(await other.cancel(output.run)).toMatchObject({ ok: false, code: 'forbidden' })
    expect(await other.cancel(randomUUID())).toMatchObject({ ok: false, code: 'conflict' })
    expect((await readPlan(orderId)).running).toEqual(output)
    expect(await one.cancel(output.run)).toEqual({ ok: true, output: { run: output.run } })
    expect(await one.cancel(output.run)).toMatchObject({ ok: false, code: 'conflict' })
  })
})

test('one calculates, both screens see how far and then the same plan, and so does who comes later', async () => {
  const [one, other] = [await screen(ben), await screen(cleo)]
  const { ok, output } = await one.calculate('quick')
  expect(ok).toBe(true)
  expect(output).toEqual({ run: expect.any(String), by: userOf(ben), since: expect.any(Number) })
  const ends = [await ended(one), await ended(other)]
  expect(ends[0]).toEqual(ends[1])
  expect(other.of('began')).toEqual([output])
  expect(ends[0]?.run).toBe(output.run)
  const { outcome } = ends[0] ?? {}
  if (outcome?.is !== 'done') throw new Error(`It ended as ${outcome?.is}.`)
  expect(outcome.plan).toMatchObject({ by: userOf(ben), effort: 'quick' })
  expect(outcome.plan.madeOf).toEqual((await readPlannedOrder(container().database.prisma, orderId)).madeOf)
  expect(other.progress().length).toBeGreaterThan(0)
  const later = await screen(ada)
  expect(later.joined).toMatchObject({ state: { running: null, plan: outcome.plan } })
  await eventually(() => expect(progressLeft()).toEqual([]))
})

test('of two who press at once one calculates, and the other is told who', async () => {
  const screens = [await screen(ben), await screen(cleo)]
  const answers = await Promise.all(screens.map((one) => one.calculate('exhaustive')))
  const [won] = answers.filter(({ ok }) => ok)
  const [lost] = answers.filter(({ ok }) => !ok)
  expect(lost).toMatchObject({ code: 'conflict', message: `${won?.output.by.name} is calculating already.` })
  const late = await screen(ada)
  expect(late.joined.state.running).toEqual(won?.output)
  expect(await late.cancel(won?.output.run)).toMatchObject({ ok: true })
  for (const one of screens) {
    expect(await ended(one)).toEqual({ run: won?.output.run, outcome: { is: 'cancelled', by: userOf(ada) } })
    expect(one.of('began')).toHaveLength(1)
  }
})

test('while it calculates, everything else is answered', async () => {
  const one = await screen(ben)
  const { output } = await one.calculate('exhaustive')
  await working(one)
  for (let asked = 0; asked < 50; asked++) {
    expect(await one.socket.emitWithAck('plan:join', { room: orderId })).toMatchObject({ ok: true })
  }
  expect((await readPlan(orderId)).running).toEqual(output)
  const [first, last] = [one.progress()[0], one.progress().at(-1)]
  expect(last?.done).toBeGreaterThan(first?.done ?? 0)
  expect(last?.best?.cents).toBeLessThanOrEqual(one.progress().find(({ best }) => best)?.best?.cents ?? 0)
  await one.cancel(output.run)
})

test('who comes when all processors are taken waits, and says so, and then has a turn', async () => {
  const { plans } = container().work
  const only = new PlanRuns({ atOnce: 1 })
  container().work.plans = only
  const second = await placeDelivery(6)
  const [one, other] = [await screen(ben), await screen(cleo, second)]
  const { output } = await one.calculate('exhaustive')
  await other.calculate('quick')
  await until(() => other.progress().some(({ waiting }) => waiting))
  await working(one)
  expect(other.progress().every(({ waiting }) => waiting)).toBe(true)
  await one.cancel(output.run)
  expect(await ended(other)).toMatchObject({ outcome: { is: 'done' } })
  await only.stop()
  container().work.plans = plans
})

/** A lock that is held, and what is to be calculated under it. */
async function taskOf(change: (task: PlanTask) => Partial<PlanTask> = () => ({})): Promise<PlanTask> {
  const { prisma } = container().database
  const by = userOf(ben)
  const { problem, madeOf, version: orderVersion } = await readPlannedOrder(prisma, orderId)
  const taken = await takeLock(prisma, planLock(orderId), by.id)
  if ('holder' in taken) throw new Error('It is held.')
  const task = { orderId, run: taken.token, by, effort: 'exhaustive' as const, problem, madeOf, orderVersion }
  return { ...task, ...change(task) }
}

test.each<[string, string, (task: PlanTask) => Partial<PlanTask>, number]>([
  ['that throws', 'Something went wrong', ({ problem }) => ({ problem: { ...problem, sites: [] } }), 256],
  ['that needs too much memory', 'more memory', () => ({}), 6],
])('a worker %s frees the panel at once, and says so', async (_, words, change, megabytes) => {
  const one = await screen(cleo)
  const runs = new PlanRuns({ megabytes })
  const task = await taskOf(change)
  runs.begin(task)
  const why = expect.stringContaining(words)
  expect(await ended(one)).toEqual({ run: task.run, outcome: { is: 'failed', why } })
  expect((await readPlan(orderId)).running).toBeNull()
  await eventually(() => expect(progressLeft()).toEqual([]))
  expect(await one.calculate('quick')).toMatchObject({ ok: true })
  await until(async () => (await readPlan(orderId)).plan)
})

test('a node that has lost the lock writes nothing, says nothing and stops', async () => {
  const one = await screen(cleo)
  const task = await taskOf()
  const { plans } = container().work
  plans.begin(task)
  await working(one)
  // As when it stood still for so long that another node has swept the lock.
  await container().database.prisma.busyLock.update({ where: { key: planLock(orderId) }, data: { until: new Date(0) } })
  await sweepPlans()
  expect(await ended(one)).toEqual({ run: task.run, outcome: { is: 'lost' } })
  expect(await finishPlan(task, nothing)).toBe(false)
  await until(() => plans.size === 0)
  expect(progressLeft()).toEqual([])
  expect(await readPlan(orderId)).toEqual({ running: null, plan: null })
  expect(one.of('ended')).toHaveLength(1)
})

test('what is written late does not touch the lock of who has it by now', async () => {
  const task = await taskOf()
  await container().database.prisma.busyLock.update({ where: { key: planLock(orderId) }, data: { until: new Date(0) } })
  const next = await taskOf()
  expect(await finishPlan(task, nothing)).toBe(false)
  expect((await readPlan(orderId)).running?.run).toBe(next.run)
  expect(await finishPlan(next, nothing)).toBe(true)
  expect((await readPlan(orderId)).plan).toMatchObject({ by: userOf(ben), cents: 1 })
})

test('a server that closes in order frees what it calculates, and says so to those who come back', async () => {
  const one = await screen(ben)
  const { output } = await one.calculate('exhaustive')
  await working(one)
  const { position } = one.joined
  await server.restart()
  const [again] = [await server.connect(ben)]
  const { pushes } = await again.emitWithAck('plan:join', { room: orderId, position })
  expect(pushes.map(({ push, data }: { push: string; data: unknown }) => ({ push, data }))).toEqual([
    { push: 'began', data: output },
    { push: 'ended', data: { run: output.run, outcome: { is: 'lost' } } },
  ])
  expect(await again.emitWithAck('plan:calculate', { room: orderId, input: { effort: 'quick' } })).toMatchObject({
    ok: true,
  })
  await until(async () => (await readPlan(orderId)).plan)
})

const nothing = {
  ...{ effort: 'quick' as const, sites: [], tours: [], cents: 1, km: 0 },
  ...{ startCents: 1, boundCents: 1, attempts: 0, took: 0 },
}
