import { figuresRoom, type MonitorMessage, type MonitorPaint, monitor } from '#channels/monitor'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'

/** The state holds nothing: all there is are newest values. */
export const monitorFold: Fold<typeof monitor> = { pushes: {} }

/** The figures of all nodes, live, and what an admin can do. */
export function useMonitor(initial: MonitorPaint) {
  const { room, latest, status } = useChannel(monitor, figuresRoom, { initial, fold: monitorFold })
  const nodes = Object.values(latest.measured).toSorted((a, b) => (a.node < b.node ? -1 : 1))
  return {
    status,
    nodes,
    closes: Object.values(latest.closed),
    /** Grows whenever something happened to the list of sockets. */
    changes: nodes.reduce((sum, { changes }) => sum + changes, 0),
    room,
    send: async (message: MonitorMessage) => (await room?.call('send', message))?.taken ?? 0,
    end: async (socket: string) => void (await room?.call('end', { socket })),
    endAll: async (person: string) => (await room?.call('endAll', { person }))?.ended ?? 0,
  }
}

export type Monitor = ReturnType<typeof useMonitor>
