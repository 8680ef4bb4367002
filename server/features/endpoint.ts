import { endpoints } from '#channels/endpoint'
import { serve } from '#server/realtime/serve'
import { watchEndpoints } from '#server/sockets/endpoint-counts'
import { listEndpoints } from '#server/sockets/endpoints'

export const serveEndpoint = serve(endpoints, {
  authorize: () => {},
  state: async () => ({ endpoints: listEndpoints() }),
  enter: () => watchEndpoints(),
  calls: {},
})
