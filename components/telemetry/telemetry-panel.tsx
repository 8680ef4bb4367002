'use client'

import { Gauge } from 'lucide-react'
import type { Role } from '#components/catalog'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { Panel } from '#components/ui/panel'
import { DeviceKey, type MakeKey } from './device-key'
import { TelemetryTable } from './telemetry-table'
import { type TelemetryPaint, useTelemetry } from './use-telemetry.ts'

export type { MakeKey }

interface TelemetryPanelProps {
  role: Role
  initial: TelemetryPaint
  makeKey: MakeKey
}

export function TelemetryPanel({ role, initial, makeKey }: TelemetryPanelProps) {
  const { devices, status } = useTelemetry(initial)
  return (
    <div data-status={status} className="grid gap-4 wide:gap-6">
      <Panel
        title="Telemetry"
        about="What each device sent last. A device that has said nothing for a minute is marked as silent."
      >
        {status === 'denied' ? (
          <ErrorState title="The telemetry cannot be shown." onRetry={() => window.location.reload()} />
        ) : devices.length === 0 ? (
          <EmptyState icon={<Gauge />} title="No device has sent anything yet">
            Be one yourself: connect with a key, and send a measurement as below.
          </EmptyState>
        ) : (
          <TelemetryTable devices={devices} />
        )}
      </Panel>
      <Panel title="Send as a device" about="Any program with an API key of the scope device may.">
        <DeviceKey role={role} makeKey={makeKey} />
      </Panel>
    </div>
  )
}
