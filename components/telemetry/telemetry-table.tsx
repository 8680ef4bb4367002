import { Badge } from '#components/ui/badge'
import { LocalTime } from '#components/ui/local-time'
import type { DeviceReading } from './use-telemetry.ts'

const head = 'px-2 pb-2 text-left text-xs font-medium text-ink-3 first:pl-0 last:pr-0'
const cell = 'px-2 py-1.5 align-top'

/** A row for each metric; the device stands beside its first one. */
export function TelemetryTable({ devices }: { devices: DeviceReading[] }) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr>
          <th className={head}>Device</th>
          <th className={head}>Metric</th>
          <th className={`${head} text-right max-wide:pr-0`}>Value</th>
          <th className={`${head} text-right max-wide:hidden`}>When</th>
        </tr>
      </thead>
      {devices.map(({ device, key, metrics, at, stale }) => (
        <tbody key={`${key.id}/${device}`} data-stale={stale} className="border-t border-line">
          {Object.entries(metrics).map(([metric, value], index, all) => (
            <tr key={metric}>
              {index === 0 && (
                <th
                  scope="rowgroup"
                  rowSpan={all.length}
                  className={`${cell} pl-0 text-left font-normal [overflow-wrap:anywhere]`}
                >
                  <span className="font-medium">{device}</span>
                  <span className="block text-xs text-ink-3">by the key {key.name}</span>
                  <span className="wide:hidden">
                    <When at={at} stale={stale} />
                  </span>
                </th>
              )}
              <td className={`${cell} [overflow-wrap:anywhere]`}>{metric}</td>
              <td
                className={`${cell} text-right whitespace-nowrap tabular-nums max-wide:pr-0 ${stale ? 'text-ink-3' : ''}`}
              >
                {figure(value)}
              </td>
              <td className={`${cell} pr-0 text-right max-wide:hidden`}>
                {index === 0 && <When at={at} stale={stale} />}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** On a phone below the device, beside its values elsewhere. */
function When({ at, stale }: Pick<DeviceReading, 'at' | 'stale'>) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 wide:justify-end gap-y-1 whitespace-nowrap text-ink-3">
      {stale && <Badge tone="warn">Silent</Badge>}
      <LocalTime at={at} form="seconds" className="max-wide:text-xs" />
    </span>
  )
}

/** What a device sends may have hundreds of digits, before the point or behind it. */
function figure(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size >= 1e9 || size < 1e-3) ? value.toExponential(3) : value.toLocaleString('en')
}
