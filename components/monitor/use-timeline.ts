import { type Happening, type MonitorPaint, monitor } from '#channels/monitor'
import { useChannel } from '#components/realtime/use-channel'
import { monitorFold } from './use-monitor'

const unpainted: MonitorPaint = { state: {}, position: { epoch: '', seq: 0 } }

/** What happened to one person on all nodes, live, the latest first. */
export function useTimeline(userId: string): { happened: Happening[]; status: string } {
  const { latest, status } = useChannel(monitor, userId, { initial: unpainted, fold: monitorFold })
  const happened = Object.values(latest.happened).toSorted((a, b) => b.at - a.at || b.number - a.number)
  return { happened, status }
}
