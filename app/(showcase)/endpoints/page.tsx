import type { Metadata } from 'next'
import { proves } from '#components/catalog'
import { EndpointPanel } from '#components/endpoint/endpoint-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openEndpoints } from '#server/sockets/endpoint-counts'
import { openTelemetry } from '#server/sockets/open-telemetry'
import { openOutbound } from '#server/sockets/outbound/client-board'
import { makeDeviceKey } from './actions'

export const metadata: Metadata = { title: 'Endpoints' }

export default async function EndpointsPage() {
  const { user } = await requireSession()
  const [endpoints, outbound, telemetry] = await Promise.all([openEndpoints(), openOutbound(), openTelemetry()])
  return (
    <>
      <PageHeader title="Endpoints" proves={proves('endpoints')} />
      <PageBody>
        <EndpointPanel {...{ role: user.role, endpoints, outbound, telemetry }} makeKey={makeDeviceKey} />
      </PageBody>
    </>
  )
}
