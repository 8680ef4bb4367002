'use client'

import { useRef, useState } from 'react'
import type { EndpointPaint } from '#channels/endpoint'
import type { OutboundPaint } from '#channels/outbound'
import type { Role } from '#components/catalog'
import { OutboundPanel } from '#components/outbound/outbound-panel'
import { type MakeKey, TelemetryPanel } from '#components/telemetry/telemetry-panel'
import type { TelemetryPaint } from '#components/telemetry/use-telemetry.ts'
import { Tabs } from '#components/ui/tabs'
import { ConsolePanel } from './console-panel'
import { EndpointList } from './endpoint-list'
import { useEndpoints } from './use-endpoint.ts'

interface EndpointPanelProps {
  role: Role
  endpoints: EndpointPaint
  outbound: OutboundPaint
  telemetry: TelemetryPaint
  makeKey: MakeKey
}

export function EndpointPanel({ role, endpoints, outbound, telemetry, makeKey }: EndpointPanelProps) {
  return (
    <Tabs
      label="Lines of this server"
      tabs={[
        { value: 'endpoints', label: 'Endpoints', content: <EndpointsAndConsole initial={endpoints} /> },
        { value: 'outbound', label: 'Outbound', content: <OutboundPanel role={role} initial={outbound} /> },
        {
          value: 'telemetry',
          label: 'Telemetry',
          content: <TelemetryPanel role={role} initial={telemetry} makeKey={makeKey} />,
        },
      ]}
    />
  )
}

function EndpointsAndConsole({ initial }: { initial: EndpointPaint }) {
  const { endpoints, status } = useEndpoints(initial)
  const [path, setPath] = useState(initialPath(endpoints))
  const opener = useRef<HTMLButtonElement>(null)

  function tryOut(chosen: string) {
    setPath(chosen)
    // The console of what was chosen before is replaced first.
    requestAnimationFrame(() => opener.current?.focus())
  }

  return (
    <div data-status={status} className="grid gap-4 wide:gap-6">
      <EndpointList endpoints={endpoints} onTry={tryOut} />
      <ConsolePanel endpoints={endpoints} path={path} onPath={setPath} opener={opener} />
    </div>
  )
}

/** The example of the Mendix documentation, where it is served. */
function initialPath(endpoints: { path: string }[]): string {
  return (endpoints.find(({ path }) => path === '/ws/my-endpoint') ?? endpoints[0])?.path ?? ''
}
