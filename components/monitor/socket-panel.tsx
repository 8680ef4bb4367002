import { ChevronLeft, ChevronRight, Plug } from 'lucide-react'
import type { SocketGroup, SocketQuery } from '#channels/monitor'
import type { UserRef } from '#channels/user'
import { useSocketId } from '#components/realtime/use-connection'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { IconButton } from '#components/ui/icon-button'
import { Panel } from '#components/ui/panel'
import { Spinner } from '#components/ui/spinner'
import { figure } from './monitor-words.ts'
import { SocketFilters } from './socket-filters'
import { SocketRow } from './socket-row'
import type { Monitor } from './use-monitor'
import type { Sockets } from './use-sockets'

interface SocketPanelProps {
  monitor: Monitor
  sockets: Sockets
  onChoose: (person: UserRef) => void
}

/** Every open socket on every node, a page at a time. */
export function SocketPanel({ monitor, sockets, onChoose }: SocketPanelProps) {
  const { query, page, failure, busy, look, again } = sockets
  const socketId = useSocketId()
  const { sockets: rows, groups, total, pages } = page

  return (
    <Panel
      title="Sockets"
      about="Whose they are, since when and in which rooms. The list follows by itself, about once a second."
      actions={
        <p role="status" className="flex items-center gap-2 text-sm text-ink-2 tabular-nums">
          {busy && <Spinner className="text-ink-3" />}
          {figure(total)} {total === 1 ? 'socket' : 'sockets'}
        </p>
      }
      footer={
        pages > 1 && (
          <nav aria-label="Pages of sockets" className="flex w-full items-center justify-end gap-2 text-sm">
            <IconButton
              label="Previous page"
              icon={<ChevronLeft />}
              disabled={page.page === 0}
              onClick={() => look({ page: page.page - 1 })}
            />
            <span className="tabular-nums">
              {page.page + 1} of {pages}
            </span>
            <IconButton
              label="Next page"
              icon={<ChevronRight />}
              disabled={page.page + 1 >= pages}
              onClick={() => look({ page: page.page + 1 })}
            />
          </nav>
        )
      }
    >
      <div className="grid gap-3">
        <SocketFilters sockets={sockets} nodes={monitor.nodes} />
        {failure ? (
          <ErrorState title="The list could not be had" onRetry={again}>
            {failure}
          </ErrorState>
        ) : rows.length + groups.length === 0 ? (
          <EmptyState icon={<Plug />} title="No socket matches">
            Change the filter, or wait: whoever connects appears here by themselves.
          </EmptyState>
        ) : (
          <ul aria-label="Sockets" aria-busy={busy || undefined} className="divide-y divide-line border-t border-line">
            {rows.map((socket) => (
              <SocketRow
                key={socket.id}
                socket={socket}
                own={socket.id === socketId}
                monitor={monitor}
                onChoose={onChoose}
              />
            ))}
            {groups.map((group) => (
              <GroupRow key={group.key ?? ''} group={group} onOpen={() => look(within(query, group))} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

/** Opens to the sockets of the group. */
function GroupRow({ group: { key, label, sockets }, onOpen }: { group: SocketGroup; onOpen: () => void }) {
  return (
    <li className="flex items-center justify-between gap-4 py-2.5 text-sm">
      {key === null ? (
        <span className="text-ink-3">{label}</span>
      ) : (
        <button
          type="button"
          onClick={onOpen}
          className="target min-w-0 rounded-sm text-left font-medium break-all text-accent underline-offset-2 hover:underline"
        >
          {label}
        </button>
      )}
      <span className="shrink-0 tabular-nums">
        {figure(sockets)} <span className="text-ink-3">{sockets === 1 ? 'socket' : 'sockets'}</span>
      </span>
    </li>
  )
}

function within({ group }: SocketQuery, { key }: SocketGroup): Partial<SocketQuery> {
  return group === 'none' || key === null ? {} : { [group]: key, group: 'none' }
}
