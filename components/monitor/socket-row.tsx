import type { MonitoredSocket } from '#channels/monitor'
import type { UserRef } from '#channels/user'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { LocalTime } from '#components/ui/local-time'
import { MessageDialog } from './message-dialog'
import { shortNode } from './monitor-words.ts'
import { saying } from './saying.ts'
import type { Monitor } from './use-monitor'

interface SocketRowProps {
  socket: MonitoredSocket
  /** The tab that looks. */
  own: boolean
  monitor: Monitor
  onChoose: (person: UserRef) => void
}

export function SocketRow({ socket, own, monitor: { send, end }, onChoose }: SocketRowProps) {
  const { id, node, path, person, address, since, roundTrip, rooms } = socket
  const whose = person ? `${person.name}’s socket` : 'the socket'
  return (
    <li aria-label={`${person?.name ?? 'Nobody signed in'}, ${path}`} className="grid gap-2 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-56 flex-wrap items-center gap-x-2 gap-y-1">
          {person ? (
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="target rounded-sm font-medium break-all text-accent underline-offset-2 hover:underline"
            >
              {person.name}
            </button>
          ) : (
            <span className="text-ink-3">Nobody signed in</span>
          )}
          <span className="font-mono text-xs break-all text-ink-2">{path}</span>
          {own && <Badge tone="ok">This tab</Badge>}
        </div>
        <div className="flex gap-2">
          <MessageDialog
            to={{ socket: id }}
            send={send}
            title={`Send a message to ${whose}`}
            trigger={<Button size="sm">Send</Button>}
          />
          <ConfirmDialog
            trigger={<Button size="sm">End</Button>}
            title={own ? 'End this tab’s own socket?' : `End ${whose}?`}
            description={`The line on ${path} is closed at once, and its page says so. The session lives on.`}
            confirm="End socket"
            variant="danger"
            onConfirm={() => saying(end(id))}
          />
        </div>
      </div>
      <dl className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-3 [&_dd]:text-ink-2 [&>div]:flex [&>div]:gap-1.5">
        <div>
          <dt>Since</dt>
          <dd>
            <LocalTime at={since} />
          </dd>
        </div>
        <div>
          <dt>Address</dt>
          <dd className="font-mono break-all">{address}</dd>
        </div>
        <div>
          <dt>Round trip</dt>
          <dd className="tabular-nums">{roundTrip === null ? 'not measured yet' : `${Math.max(1, roundTrip)} ms`}</dd>
        </div>
        <div>
          <dt>Node</dt>
          <dd className="font-mono">{shortNode(node)}</dd>
        </div>
        {rooms.length > 0 && (
          <div className="min-w-0">
            <dt>Rooms</dt>
            <dd className="min-w-0">
              <details>
                <summary className="target inline-flex cursor-pointer items-center rounded-sm tabular-nums underline decoration-dotted underline-offset-2">
                  {rooms.length}
                </summary>
                <ul className="mt-1 grid gap-0.5 font-mono">
                  {rooms.map((room) => (
                    <li key={room} className="break-all">
                      {room}
                    </li>
                  ))}
                </ul>
              </details>
            </dd>
          </div>
        )}
      </dl>
    </li>
  )
}
