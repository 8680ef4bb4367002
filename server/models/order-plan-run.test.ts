import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Delivery } from '#channels/plan'
import { container } from '#server/container'
import { sizes } from '#server/test-sizes'
import { freeLock } from './busy-lock'
import { insertNode } from './node'
import { planLock, readPlan } from './order-plan'
import { readPlannedOrder } from './order-plan-content'
import { calculatePlan, cancelPlan, finishPlan, giveUpPlan, sweepPlans } from './order-plan-run'
import { placeDelivery } from './test-delivery'

type Running = Awaited<ReturnType<(typeof sizes)[number]['open']>>
interface Actor {
  id: string
  name: string
  role: 'admin' | 'member'
}

const nothing: Delivery = {
  ...{ effort: 'quick', sites: [], tours: [], cents: 1, km: 0 },
  ...{ startCents: 1, boundCents: 1, attempts: 0, took: 0 },
}

describe.each(sizes)('on the database of size $size', ({ open }) => {
  let running: Running
  let people: Actor[]
  let orderId: string

  beforeAll(async () => {
    running = await open({ demoOrders: 0 })
    await insertNode(container().node.id)
    people = await running.prisma.user.createManyAndReturn({
      data: Array.from({ length: 8 }, (_, nth) => ({ name: `person-${nth}`, passwordHash: '' })),
      select: { id: true, name: true, role: true },
    })
  })
  afterAll(async () => {
    await container().work.plans.stop()
    await running.close()
  })
  beforeEach(async () => {
    orderId = await placeDelivery()
  })

  const expire = () =>
    running.prisma.busyLock.update({ where: { key: planLock(orderId) }, data: { until: new Date(0) } })
  const logged = () => container().roomLog.positions.of(`plan/${orderId}`)
  const begin = async () => {
    const [person] = people
    if (!person) throw new Error('There is nobody.')
    const { run } = await calculatePlan(person, orderId, 'exhaustive')
    const { problem, madeOf, version } = await readPlannedOrder(running.prisma, orderId)
    const by = { id: person.id, name: person.name }
    return { person, task: { orderId, run, by, effort: 'exhaustive' as const, problem, madeOf, orderVersion: version } }
  }

  test('of eight who press at the same moment one calculates, and seven are told who', async () => {
    const answers = await Promise.allSettled(people.map((person) => calculatePlan(person, orderId, 'exhaustive')))
    const won = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    const [winner] = won
    expect(won).toHaveLength(1)
    expect(refused).toHaveLength(7)
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'conflict', message: `${winner?.by.name} is calculating already.` })
    }
    expect((await readPlan(orderId)).running).toEqual(winner)
    expect(await logged()).toMatchObject({ seq: 1 })
    const starter = people.find(({ id }) => id === winner?.by.id)
    if (starter && winner) await cancelPlan(starter, orderId, winner.run)
  })

  test('of all that would end it at the same moment one does', async () => {
    const { person, task } = await begin()
    const ends = await Promise.allSettled([
      cancelPlan(person, orderId, task.run).then(() => true),
      finishPlan(task, nothing),
      giveUpPlan(task, { is: 'lost' }),
      finishPlan(task, nothing),
    ])
    expect(ends.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(1)
    expect((await readPlan(orderId)).running).toBeNull()
    expect(await logged()).toMatchObject({ seq: 2 })
  })

  test('what has run out is swept once, by whoever comes first, and can be calculated again', async () => {
    const { task } = await begin()
    await expire()
    await Promise.all([sweepPlans(), sweepPlans(), sweepPlans()])
    expect(await logged()).toMatchObject({ seq: 2 })
    expect(await finishPlan(task, nothing)).toBe(false)
    expect(await readPlan(orderId)).toEqual({ running: null, plan: null })
    const again = await begin()
    expect(await freeLock(running.prisma, planLock(orderId), task.run)).toBe(false)
    expect(await finishPlan(again.task, nothing)).toBe(true)
    expect((await readPlan(orderId)).plan).toMatchObject({ cents: 1, madeOf: again.task.madeOf })
  })

  test('who presses before it is swept is not kept waiting, and the lost one is told of first', async () => {
    await begin()
    await expire()
    const { person, task } = await begin()
    expect((await readPlan(orderId)).running?.run).toBe(task.run)
    expect(await logged()).toMatchObject({ seq: 3 })
    await cancelPlan(person, orderId, task.run)
  })

  test('the next look is due when the next lock runs out', async () => {
    expect(await sweepPlans()).toBeNull()
    const { person, task } = await begin()
    const next = await sweepPlans()
    expect(next).toBeGreaterThan(Date.now() - 1_000)
    expect(next).toBeLessThan(Date.now() + 12_000)
    await cancelPlan(person, orderId, task.run)
  })
})
