import { useState } from 'react'
import { type DashboardPaint, dashboard, type Scope, type Simulator } from '#channels/dashboard'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'

interface Held {
  simulator: Simulator | null
}

/** Of two states of the simulator the later one counts, whether it came as a push or as the answer to a call. */
function newest(state: Held, simulator: Simulator): Held {
  return state.simulator && state.simulator.version >= simulator.version ? state : { ...state, simulator }
}

export const dashboardFold: Fold<typeof dashboard> = {
  pushes: { switched: newest },
  outputs: { start: newest, pace: newest, stop: newest },
}

/**
 * What one room of the dashboard shows. A server that was started again has nothing until somebody looks: what was
 * there before stays on the screen for that moment, but never under the name of another room.
 */
export function useDashboard(scope: Scope, initial: DashboardPaint) {
  const { latest, status } = useChannel(dashboard, scope, { initial, fold: dashboardFold })
  const now = {
    scope,
    figures: latest.measured.figures,
    sales: latest.sold.hour,
    output: latest.made.hour,
    stock: latest.stocked.levels,
  }
  const [kept, setKept] = useState(now)
  const same = kept.scope === scope
  const shown = same && !now.figures ? kept : now
  if (!same || shown.figures !== kept.figures) setKept(shown)
  return { ...shown, status }
}
