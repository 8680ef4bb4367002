'use client'

import { Cable } from 'lucide-react'
import type { OutboundPaint } from '#channels/outbound'
import type { Role } from '#components/catalog'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { Panel } from '#components/ui/panel'
import { ClientRow } from './client-row'
import { OpenClientForm } from './open-client-form'
import { useOutbound } from './use-outbound.ts'

export function OutboundPanel({ role, initial }: { role: Role; initial: OutboundPaint }) {
  const { clients, status, trafficOf, open, send, close } = useOutbound(initial)
  const isAdmin = role === 'admin'

  return (
    <div data-status={status} className="grid gap-4 wide:gap-6">
      {isAdmin && (
        <Panel title="New outbound socket" about="Opened by the server, and kept open: when it is cut it comes back.">
          <OpenClientForm open={open} />
        </Panel>
      )}
      <Panel
        title="Outbound sockets"
        about={
          isAdmin
            ? 'What this server has open to others. Everyone who is signed in sees them.'
            : 'What this server has open to others. An admin opens, uses and closes them.'
        }
      >
        {status === 'denied' ? (
          <ErrorState title="The outbound sockets cannot be shown." onRetry={() => window.location.reload()} />
        ) : clients.length === 0 ? (
          <EmptyState icon={<Cable />} title="No outbound socket">
            {isAdmin
              ? 'Open one above. This server’s own time endpoint is a good first one.'
              : 'As soon as an admin opens one, it stands here.'}
          </EmptyState>
        ) : (
          <ul aria-label="Outbound sockets" className="-my-4 divide-y divide-line">
            {clients.map((client) => (
              <ClientRow
                key={client.id}
                client={client}
                messages={trafficOf(client.id)}
                mayOperate={isAdmin}
                send={send}
                close={close}
              />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
