import { Plug } from 'lucide-react'
import { EmptyState } from '#components/ui/empty-state'
import { Panel } from '#components/ui/panel'
import { EndpointRow } from './endpoint-row'
import type { ListedEndpoint } from './use-endpoint.ts'

interface EndpointListProps {
  endpoints: ListedEndpoint[]
  onTry: (path: string) => void
}

export function EndpointList({ endpoints, onTry }: EndpointListProps) {
  return (
    <Panel
      title="Endpoints"
      about="Plain WebSockets for whatever speaks no Socket.IO. Each is a file of its own in server/sockets/endpoints."
    >
      {endpoints.length === 0 ? (
        <EmptyState icon={<Plug />} title="No endpoint yet">
          Put a file into server/sockets/endpoints whose default export is one, and start the server again.
        </EmptyState>
      ) : (
        <ul aria-label="Endpoints" className="-my-3 divide-y divide-line">
          {endpoints.map((endpoint) => (
            <EndpointRow key={endpoint.path} endpoint={endpoint} onTry={() => onTry(endpoint.path)} />
          ))}
        </ul>
      )}
    </Panel>
  )
}
