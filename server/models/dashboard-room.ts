import { type DashboardPaint, dashboard, type Scope } from '#channels/dashboard'
import { container } from '#server/container'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'

/** The figures of this moment, or of less than a second ago, for the first paint. Anyone who is signed in may look. */
export async function openDashboard(_: LiveSession['user'], scope: Scope): Promise<DashboardPaint> {
  await container().work.dashboard.show(scope)
  return firstPaint(dashboard, scope, async () => ({ simulator: null }))
}
