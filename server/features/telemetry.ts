import { telemetryFeed } from '#channels/telemetry'
import { serve } from '#server/realtime/serve'

/** What devices send comes in by the endpoint `device` (server/sockets/endpoints/device.ts). */
export const serveTelemetry = serve(telemetryFeed, {
  authorize: () => {},
  state: async () => ({}),
  calls: {},
})
