import { ChevronRight, SquareTerminal } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { CodeSample } from '#components/ui/code-sample'
import { browserSnippet, formatWords, openWords, sizeWords, whoWords, wscatCommand } from './endpoint-words.ts'
import type { ListedEndpoint } from './use-endpoint.ts'
import { useOrigin } from './use-origin.ts'

interface EndpointRowProps {
  endpoint: ListedEndpoint
  onTry: () => void
}

export function EndpointRow({ endpoint, onTry }: EndpointRowProps) {
  const { path, description, speaks, maxMessageBytes, open } = endpoint
  return (
    <li className="grid gap-2 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="font-mono text-sm font-medium [overflow-wrap:anywhere]">{path}</span>
            <Badge tone={open > 0 ? 'ok' : 'neutral'}>{openWords(open)}</Badge>
          </h3>
          <p className="mt-0.5 text-sm text-ink-2 [overflow-wrap:anywhere]">{description}</p>
          <p className="mt-1 text-xs text-ink-3">
            {whoWords(endpoint)} · {formatWords[speaks]} · up to {sizeWords(maxMessageBytes)}
          </p>
        </div>
        <Button size="sm" icon={<SquareTerminal aria-hidden className="size-3.5" />} onClick={onTry}>
          Try it<span className="sr-only">: {path}</span>
        </Button>
      </div>
      <HowToConnect endpoint={endpoint} />
    </li>
  )
}

function HowToConnect({ endpoint }: { endpoint: ListedEndpoint }) {
  const [open, setOpen] = useState(false)
  return (
    <details className="text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="target inline-flex items-center gap-1 rounded-sm text-ink-2 hover:text-ink">
        <ChevronRight aria-hidden className={`size-3.5 ${open ? 'rotate-90' : ''}`} />
        How to connect<span className="sr-only"> to {endpoint.path}</span>
      </summary>
      {open && <Samples endpoint={endpoint} />}
    </details>
  )
}

function Samples({ endpoint }: { endpoint: ListedEndpoint }) {
  const origin = useOrigin()
  const snippet = browserSnippet(endpoint, origin)
  return (
    <div className="mt-2 grid gap-3">
      <CodeSample title="In a terminal" code={wscatCommand(endpoint, origin)} />
      {snippet ? (
        <CodeSample title="In a page, or in the console of this one" code={snippet} />
      ) : (
        <p className="text-ink-3">
          No page can open it: a browser sends no header of one’s own with a WebSocket, and a key does not belong in an
          address.
        </p>
      )}
    </div>
  )
}
