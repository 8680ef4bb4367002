import type { SessionTab } from '#channels/session'
import { useRoundTrip } from '#components/realtime/use-connection'
import { Badge } from '#components/ui/badge'
import { LocalTime } from '#components/ui/local-time'

/** What is open of one device: tabs, and sockets of endpoints. */
export function TabList({ tabs, socketId }: { tabs: SessionTab[]; socketId: string | undefined }) {
  const measuredHere = useRoundTrip()
  if (tabs.length === 0) return null
  return (
    <ul aria-label="Open tabs" className="ml-9 divide-y divide-line rounded-md border border-line bg-sunken text-sm">
      {tabs.map(({ id, path, since, roundTrip }) => {
        // The server measures every 25 seconds; this tab knows its own sooner.
        const milliseconds = roundTrip ?? (id === socketId ? measuredHere : undefined)
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
              <span className="break-words">{path === '/socket.io' ? 'Tab' : path}</span>
              <span className="text-ink-3">
                since <LocalTime at={since} />
              </span>
              {id === socketId && <Badge tone="ok">This tab</Badge>}
            </span>
            <span className="min-w-16 text-right text-ink-2 tabular-nums">
              {milliseconds === undefined ? (
                <span className="text-ink-3">measuring</span>
              ) : (
                `${Math.max(1, milliseconds)} ms`
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
