import { useState } from 'react'
import type { StateOf } from '#channels/contract'
import { type Measurement, telemetryFeed } from '#channels/telemetry'
import type { FirstPaint } from '#channels/wire'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'
import { useNow } from '#components/ui/use-now.ts'

export type TelemetryPaint = FirstPaint<StateOf<typeof telemetryFeed>>

export const telemetryFold: Fold<typeof telemetryFeed> = { pushes: {} }

/** A device that has said nothing for so long, in milliseconds, is shown as silent. */
const staleAfter = 60_000

/** One device as it measured last. Two keys may each have a device of the same name. */
export interface DeviceReading extends Measurement {
  stale: boolean
}

/** What each device has sent last, by name. */
export function useTelemetry(initial: TelemetryPaint) {
  // The clock of this machine may be wrong; what has just come tells what the server's says.
  const [ahead, setAhead] = useState(0)
  const { latest, status } = useChannel(telemetryFeed, 'all', {
    initial,
    fold: telemetryFold,
    onPush: { measured: ({ at }) => setAhead(Date.now() - at) },
  })
  const measured = Object.values(latest.measured)
  const now = useNow(measured.length > 0, 5_000) - ahead
  return { devices: readings(measured, now), status }
}

/** `now` by the clock that told the times, in milliseconds since 1970. */
export function readings(measured: Measurement[], now: number): DeviceReading[] {
  return measured
    .map((one) => ({ ...one, stale: now - one.at > staleAfter }))
    .sort((one, other) => compare(one.device, other.device) || compare(one.key.name, other.key.name))
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
