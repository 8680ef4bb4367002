import { type EndpointPaint, endpointCount, endpoints } from '#channels/endpoint'
import { container } from '#server/container'
import { Viewers } from '#server/jobs/viewers'
import { firstPaint } from '#server/realtime/first-paint'
import { publish } from '#server/realtime/publish'
import { listEndpoints } from './endpoints'
import { socketService } from './socket-service'

const room = 'all'
/** In milliseconds. Each node with viewers counts for itself, over all nodes. */
const countEvery = 1_000

const viewers = new Viewers('endpoint counts', countEvery, countEndpoints)

/** Somebody watches the counts on this node, until what this gives is called. */
export function watchEndpoints(): () => void {
  return viewers.enter()
}

/**
 * Counts the open sockets of every endpoint, on all nodes, and publishes the counts that are not what the board shows:
 * compared with the board, since another node may have counted as well.
 */
export async function countEndpoints(): Promise<void> {
  const counts = await socketService.numberOfConnections('path', '/ws/*')
  const shown = new Map(
    container()
      .latest.read(endpoints, room)
      ?.map(({ data }) => endpointCount.parse(data))
      .map(({ path, open }) => [path, open]),
  )
  for (const { path } of listEndpoints()) {
    const open = counts.get(path) ?? 0
    if (shown.get(path) !== open) await publish(endpoints, room, 'counted', { path, open })
  }
}

/** The endpoints and their counts of this moment, for the first paint. */
export async function openEndpoints(): Promise<EndpointPaint> {
  await countEndpoints()
  return firstPaint(endpoints, room, async () => ({ endpoints: listEndpoints() }))
}
