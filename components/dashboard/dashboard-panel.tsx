'use client'

import { useRouter } from 'next/navigation'
import { useOptimistic, useTransition } from 'react'
import type { DashboardPaint, Scope } from '#channels/dashboard'
import type { Role } from '#channels/user'
import { Segmented } from '#components/ui/segmented'
import { addressOf } from './dashboard-address.ts'
import { scopes } from './dashboard-words.ts'
import { ScopeView } from './scope-view'
import { SimulatorBar } from './simulator-bar'

interface DashboardPanelProps {
  role: Role
  scope: Scope
  initial: DashboardPaint
  simulator: DashboardPaint
}

/** The workshop as it is now, or one of its lines; which one stands in the address. */
export function DashboardPanel({ role, scope, initial, simulator }: DashboardPanelProps) {
  const router = useRouter()
  const [chosen, setChosen] = useOptimistic(scope)
  const [loading, startLoading] = useTransition()

  function choose(next: Scope) {
    startLoading(() => {
      setChosen(next)
      router.push(addressOf(next), { scroll: false })
    })
  }

  return (
    <div aria-busy={loading} className="grid gap-4 wide:gap-6">
      <Segmented legend="Product line" hideLegend name="line" options={scopes} value={chosen} onValueChange={choose} />
      <ScopeView scope={scope} initial={initial}>
        <SimulatorBar role={role} initial={simulator} />
      </ScopeView>
    </div>
  )
}
