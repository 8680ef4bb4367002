import { type EndpointPaint, endpoints } from '#channels/endpoint'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'

export const endpointFold: Fold<typeof endpoints> = { pushes: {} }

/** The endpoints there are, each with how many sockets it has open on all nodes. */
export function useEndpoints(initial: EndpointPaint) {
  const { state, latest, status } = useChannel(endpoints, 'all', { initial, fold: endpointFold })
  const listed = state.endpoints.map((endpoint) => ({ ...endpoint, open: latest.counted[endpoint.path]?.open ?? 0 }))
  return { endpoints: listed, status }
}

export type ListedEndpoint = ReturnType<typeof useEndpoints>['endpoints'][number]
