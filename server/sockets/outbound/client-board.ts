import type { LatestName, PushData } from '#channels/contract'
import { type OutboundClient, type OutboundPaint, outbound, outboundClient } from '#channels/outbound'
import { container } from '#server/container'
import { Viewers } from '#server/jobs/viewers'
import { findGoneNodes } from '#server/models/node'
import { firstPaint } from '#server/realtime/first-paint'
import { publish } from '#server/realtime/publish'
import type { WebsocketClient } from './websocket-client'

const room = 'all'
/** How long one that was closed is still shown, in milliseconds. */
const showClosedFor = 60_000
/** How often what a node that is gone has left behind is looked for, in milliseconds. */
const lookEvery = 5_000

const viewers = new Viewers('clients of gone nodes', lookEvery, dropGoneClients)

/** Somebody watches the outbound sockets on this node, until what this gives is called. */
export function watchOutbound(): () => void {
  return viewers.enter()
}

/** Puts on the screens of all who watch how an outbound socket stands. */
export function showClient({ id, uri, queued, status, openedBy }: WebsocketClient): void {
  show('changed', { id, uri, queued, openedBy, ...status })
  if (status.state !== 'closed') return
  // The board of now: a server that is started again in this process has another, and knows nothing of this one.
  const { latest } = container()
  setTimeout(() => {
    for (const push of ['changed', 'exchanged']) latest.withdraw(outbound, room, push, id)
  }, showClosedFor).unref()
}

/** The same for the last messages of one. */
export function showTraffic(traffic: PushData<typeof outbound, 'exchanged'>): void {
  show('exchanged', traffic)
}

/** All there are, on all nodes, those that were closed a moment ago included. */
export function shownClients(): OutboundClient[] {
  const shown = container().latest.read(outbound, room) ?? []
  return shown.flatMap(({ push, data }) => (push === 'changed' ? [outboundClient.parse(data)] : []))
}

/** For the first paint. */
export async function openOutbound(): Promise<OutboundPaint> {
  await dropGoneClients()
  return firstPaint(outbound, room, async () => ({}))
}

/** Nobody else takes off the screens what a node has put there that was killed. */
async function dropGoneClients(): Promise<void> {
  const { latest } = container()
  const others = [...latest.ownersIn(outbound)].filter((id) => id !== latest.node)
  if (others.length === 0) return
  for (const id of await findGoneNodes(others)) latest.dropOwner(outbound, id)
}

function show<P extends LatestName<typeof outbound>>(push: P, data: PushData<typeof outbound, P>): void {
  publish(outbound, room, push, data).catch((error: unknown) => {
    container().log.error({ err: error, push }, 'an outbound socket could not be shown')
  })
}
