import { dashboard, simulatorRoom } from '#channels/dashboard'
import { presenceRoom } from '#channels/presence'
import { proves } from '#components/catalog'
import { readScope } from '#components/dashboard/dashboard-address.ts'
import { DashboardPanel } from '#components/dashboard/dashboard-panel'
import { HereNow } from '#components/presence/here-now'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openDashboard } from '#server/models/dashboard-room'
import { openSimulator } from '#server/models/simulator'
import { openPresence } from '#server/realtime/presence'

export const metadata = { title: 'Dashboard' }

export default async function DashboardPage({ searchParams }: PageProps<'/dashboard'>) {
  const { user } = await requireSession()
  const scope = readScope(await searchParams)
  const here = presenceRoom(dashboard, simulatorRoom)
  const [initial, present] = await Promise.all([openDashboard(user, scope), openPresence(here)])
  const who = <HereNow room={here} me={user} initial={present} parts={{ simulator: 'at the simulator' }} />
  return (
    <>
      <PageHeader title="Dashboard" proves={proves('dashboard')} actions={who} />
      <PageBody>
        <DashboardPanel role={user.role} scope={scope} initial={initial} simulator={await openSimulator(user)} />
      </PageBody>
    </>
  )
}
