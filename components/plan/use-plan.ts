import { useState } from 'react'
import { type OrderPaint, order } from '#channels/order'
import { type Effort, type Outcome, type PlanState, plan } from '#channels/plan'
import type { FirstPaint } from '#channels/wire'
import { orderFold } from '#components/order/order-fold.ts'
import { failureOf } from '#components/realtime/failure'
import { useChannel } from '#components/realtime/use-channel'
import { planFold } from './plan-fold'
import { isOutdated } from './plan-lines'

export type PlanPaint = FirstPaint<PlanState>

/**
 * The delivery plan of an order, and who calculates it. `ending` is how the calculation ended that this screen saw
 * last, until the next begins; `refusal` says why the person's own last act was not done.
 */
export function usePlan(orderId: string, initial: PlanPaint, painted: OrderPaint) {
  const [ending, setEnding] = useState<Outcome>()
  const [refusal, setRefusal] = useState<string>()
  const [asking, setAsking] = useState(false)
  const { state, latest, status, room } = useChannel(plan, orderId, {
    initial,
    fold: planFold,
    onPush: { began: () => setEnding(undefined), ended: ({ outcome }) => setEnding(outcome) },
  })
  // The record beside it, by the same room: a plan of other lines than it has now is out of date.
  const record = useChannel(order, orderId, { initial: painted, fold: orderFold }).state.order
  const { running } = state

  const ask = async (call: () => Promise<unknown> | undefined) => {
    setAsking(true)
    setRefusal(undefined)
    try {
      await call()
    } catch (error) {
      setRefusal(failureOf(error))
    } finally {
      setAsking(false)
    }
  }
  return {
    running,
    progress: running ? latest.progressed[running.run] : undefined,
    plan: state.plan,
    outdated: state.plan !== null && isOutdated(state.plan.madeOf, record.lines),
    closed: record.state === 'done' || record.state === 'cancelled',
    ending: running ? undefined : ending,
    refusal,
    asking,
    status,
    calculate: (effort: Effort) => ask(() => room?.call('calculate', { effort })),
    cancel: () => ask(async () => running && room?.call('cancel', { run: running.run })),
  }
}

export type LivePlan = ReturnType<typeof usePlan>
