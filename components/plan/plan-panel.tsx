'use client'

import { Route } from 'lucide-react'
import { useState } from 'react'
import type { OrderPaint } from '#channels/order'
import type { Effort } from '#channels/plan'
import type { Person } from '#channels/wire'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { Segmented } from '#components/ui/segmented'
import { EndingNotice } from './ending-notice'
import { PlanActions } from './plan-actions'
import { PlanProgress } from './plan-progress'
import { PlanResult } from './plan-result'
import { effortWords } from './plan-words'
import { type PlanPaint, usePlan } from './use-plan.ts'

export interface PlanPanelProps {
  orderId: string
  me: Person
  initial: PlanPaint
  /** The record, as for the panel beside it. */
  order: OrderPaint
}

const efforts = (['quick', 'thorough', 'exhaustive'] as const).map((value) => ({ value, label: effortWords[value] }))

/** The delivery plan of an order: one person calculates it at a time, and meanwhile it is disabled on every screen. */
export function PlanPanel({ orderId, me, initial, order }: PlanPanelProps) {
  const live = usePlan(orderId, initial, order)
  const [effort, setEffort] = useState<Effort>('thorough')
  const { running, plan, outdated, closed, status, refusal } = live
  const offline = status === 'offline' || status === 'ended'
  if (status === 'denied') {
    return <ErrorState title="The delivery plan cannot be shown" onRetry={() => location.reload()} />
  }
  return (
    <div
      aria-busy={running !== null}
      data-part="plan"
      data-status={status}
      data-plan={running ? 'busy' : plan ? 'there' : 'none'}
    >
      <Panel
        title="Delivery plan"
        about="Which van brings what where, at the least cost that can be found."
        actions={<PlanActions live={live} me={me} onCalculate={() => live.calculate(effort)} offline={offline} />}
      >
        <fieldset disabled={running !== null || offline || closed} className="group/plan grid min-w-0 gap-4">
          <legend className="sr-only">Delivery plan</legend>
          {offline && (
            <Notice tone="warn" title="The line is cut">
              {running
                ? 'The calculation goes on; how far it is, is not known here.'
                : 'This may not be the newest plan.'}
            </Notice>
          )}
          <div className="group-disabled/plan:opacity-60">
            <Segmented
              legend="Effort"
              name="effort"
              options={efforts}
              value={live.progress?.effort ?? effort}
              onValueChange={setEffort}
            />
          </div>
          {running && <PlanProgress running={running} me={me} progress={live.progress} stale={offline} />}
          {closed && <p className="text-sm text-ink-3">This order is closed: there is nothing more to deliver.</p>}
          {refusal && (
            <Notice tone="warn" role="alert">
              {refusal}
            </Notice>
          )}
          <EndingNotice ending={live.ending} running={running} />
          {plan && outdated && (
            <Notice tone="warn" title="The order has changed since this plan was made.">
              {closed ? 'It shows how the order was before.' : 'Calculate again.'}
            </Notice>
          )}
          {plan ? (
            <PlanResult plan={plan} />
          ) : (
            !running && (
              <EmptyState icon={<Route />} title="There is no plan yet">
                {closed
                  ? 'None was made before the order was closed.'
                  : 'Choose how long to search, and calculate one.'}
              </EmptyState>
            )
          )}
        </fieldset>
      </Panel>
    </div>
  )
}
