import { type OutboundClient, type OutboundPaint, outbound } from '#channels/outbound'
import { CallRefused } from '#components/realtime/call'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'

export const outboundFold: Fold<typeof outbound> = { pushes: {} }

/** The outbound sockets of all nodes, and what an admin does with them: each resolves with why it was refused, if it was. */
export function useOutbound(initial: OutboundPaint) {
  const { latest, room, status } = useChannel(outbound, 'all', { initial, fold: outboundFold })
  const clients = Object.values(latest.changed).sort(byAddress)
  return {
    clients,
    status,
    trafficOf: (id: string) => latest.exchanged[id]?.messages ?? [],
    open: (uri: string) => refusalOf(room?.call('open', { uri })),
    send: (id: string, text: string) => refusalOf(room?.call('send', { id, text })),
    close: (id: string) => refusalOf(room?.call('close', { id })),
  }
}

export type Outbound = ReturnType<typeof useOutbound>

function byAddress(one: OutboundClient, other: OutboundClient): number {
  return one.uri === other.uri ? (one.id < other.id ? -1 : 1) : one.uri < other.uri ? -1 : 1
}

async function refusalOf(asked: Promise<unknown> | undefined): Promise<string | undefined> {
  try {
    await (asked ?? Promise.reject(new CallRefused({ ok: false, code: 'unavailable', message: 'Try again.' })))
  } catch (error) {
    if (error instanceof CallRefused) return error.refused.message
    throw error
  }
}
