import { telemetryFeed } from '#channels/telemetry'
import { firstPaint } from '#server/realtime/first-paint'

/** What all devices have sent last, for the first paint. */
export function openTelemetry() {
  return firstPaint(telemetryFeed, 'all', async () => ({}))
}
