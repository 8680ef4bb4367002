import { type CloseCount, type CloseReason, closeMinutes } from '#channels/monitor'
import { EmptyState } from '#components/ui/empty-state'
import { Panel } from '#components/ui/panel'
import { useNow } from '#components/ui/use-now.ts'
import { closeKinds, closeWords, figure } from './monitor-words.ts'

const minuteLength = 60_000
const height = 96
const step = 10

interface ClosePanelProps {
  closes: CloseCount[]
  /** The server's clock: what the figures were measured at. */
  at: number
}

/** Why sockets were closed in the last hour: a bar for each minute, and the same in numbers. */
export function ClosePanel({ closes, at }: ClosePanelProps) {
  const seen = useNow(true, minuteLength / 4)
  const now = at || seen
  const last = now - (now % minuteLength)
  const all = closes.flatMap(({ minute, reasons }) => reasons.map((one) => ({ minute, ...one })))
  const byReason = new Map<CloseReason, number>()
  for (const { reason, closes: times } of all) byReason.set(reason, (byReason.get(reason) ?? 0) + times)
  const minutes = Array.from({ length: closeMinutes }, (_, index) => {
    const minute = last - (closeMinutes - 1 - index) * minuteLength
    const within = all.filter((one) => one.minute === minute)
    return closeKinds.map(({ kind }) =>
      within.filter(({ reason }) => closeWords[reason].kind === kind).reduce((sum, one) => sum + one.closes, 0),
    )
  })
  const most = Math.max(4, ...minutes.map((kinds) => kinds.reduce((sum, one) => sum + one, 0)))

  return (
    <Panel title="Closes by reason" about="Sockets that closed within the last 60 minutes, each bar one minute.">
      {byReason.size === 0 ? (
        <EmptyState title="Nothing closed">Why each socket closes is counted here, minute by minute.</EmptyState>
      ) : (
        <div className="grid gap-4">
          <figure className="grid gap-2">
            <svg
              aria-hidden="true"
              viewBox={`0 0 ${closeMinutes * step} ${height}`}
              preserveAspectRatio="none"
              className="h-24 w-full border-b border-line-strong"
            >
              {minutes.map((kinds, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is the minute
                <Bar key={index} x={index * step} kinds={kinds} most={most} />
              ))}
            </svg>
            <figcaption className="grid gap-1 text-xs text-ink-3">
              <span className="flex justify-between gap-4">
                <span>60 minutes ago</span>
                <span>now</span>
              </span>
              <span className="flex flex-wrap gap-x-3 gap-y-1">
                {closeKinds.map(({ kind, label, fill }) => (
                  <span key={kind} className="inline-flex items-center gap-1.5">
                    <svg aria-hidden="true" viewBox="0 0 8 8" className={`size-2 ${fill}`}>
                      <rect width="8" height="8" />
                    </svg>
                    {label}
                  </span>
                ))}
              </span>
            </figcaption>
          </figure>
          <table className="w-full text-sm">
            <caption className="sr-only">Closes within the last 60 minutes, by reason</caption>
            <thead className="text-left text-xs text-ink-3">
              <tr>
                <th className="pb-1 font-medium">Reason</th>
                <th className="pb-1 text-right font-medium">Closes</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line border-t border-line">
              {[...byReason]
                .toSorted((a, b) => b[1] - a[1])
                .map(([reason, times]) => (
                  <tr key={reason}>
                    <td className="py-1.5">{closeWords[reason].label}</td>
                    <td className="py-1.5 text-right tabular-nums">{figure(times)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

/** The kinds of one minute upon each other. */
function Bar({ x, kinds, most }: { x: number; kinds: number[]; most: number }) {
  return closeKinds.map(({ kind, fill }, index) => {
    const below = kinds.slice(0, index).reduce((sum, one) => sum + one, 0)
    const tall = ((kinds[index] ?? 0) / most) * height
    const y = height - (below / most) * height - tall
    return tall > 0 && <rect key={kind} x={x + 1} y={y} width={step - 2} height={tall} className={fill} />
  })
}
