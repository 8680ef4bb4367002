import { type EndReason, ended, type PushFrame } from '#channels/wire'
import { clientAddress } from '#server/auth/address'
import { container } from '#server/container'
import { silenceAllowed } from './alive'
import type { CloseReason } from './close-reason'
import { outcomeOf } from './metrics-count'
import { measureRoundTrip } from './round-trip'
import type { Socket } from './socket-server'

/** The path of all sockets of Socket.IO, in the registry and in path filters. */
export const socketIoPath = '/socket.io'

/**
 * Enters a socket of Socket.IO in the registry until it has gone, and counts what is sent to it and why it was
 * closed. `waitingBytes` says how much waits to be sent to it.
 */
export function registerSocket(socket: Socket, waitingBytes: () => number): void {
  const { env, metrics, registry } = container()
  const { id, conn, data } = socket
  const address = clientAddress(socket.request, env.trustProxy)
  const { id: sessionId, user } = data.session
  registry.open({ id, path: socketIoPath, sessionId, userId: user.id, address, waitingBytes })
  measureRoundTrip(conn, (roundTrip) => registry.setRoundTrip(id, roundTrip))
  let said: EndReason | undefined
  // Whatever is sent to it comes by here, also what another node sends to its rooms, and closes it with.
  socket.onAnyOutgoing((event: string, payload: Partial<PushFrame>) => {
    if (event.endsWith(':push')) metrics.deliveries.inc({ channel: event.slice(0, -5) }, payload.pushes?.length ?? 0)
    else if (event === 'ended') said = ended.safeParse(payload).data?.reason
  })
  socket.once('disconnect', (reason) => registry.close(id, said ?? unsaid(reason, data.heardAt)))
}

/** Notes that a socket has joined a room or left it, or has been taken out of it. */
export function noteMembership({ id, data }: Socket, key: string, change: 'joined' | 'left'): void {
  const { metrics, registry } = container()
  const channel = key.slice(0, key.indexOf('/'))
  if (change === 'joined') metrics.joins.inc({ channel })
  else metrics.leaves.inc({ channel })
  registry.setRooms(id, data.membership.keys())
}

/** `reply`, which also has the registry tell of a refusal. `event` is one there is by its contract. */
export function noteRefusals({ id }: Socket, event: string, reply: (answer: unknown) => void) {
  return (answer: unknown): void => {
    const outcome = outcomeOf(answer)
    if (outcome !== 'ok') container().registry.refused(id, event, outcome)
    reply(answer)
  }
}

/** From what Socket.IO says of a closed line. */
function unsaid(reason: string, heardAt: number): CloseReason {
  if (reason === 'ping timeout') return 'silent'
  if (reason === 'client namespace disconnect') return 'client'
  if (reason.startsWith('transport') || reason === 'parse error') return 'transport'
  return Date.now() - heardAt > silenceAllowed ? 'silent' : 'server'
}
