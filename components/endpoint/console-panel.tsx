import type { Ref } from 'react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { Select } from '#components/ui/select'
import { mostFrames } from './console-frames.ts'
import type { LineState } from './console-line.ts'
import { ConsoleLog } from './console-log'
import { ConsoleSender } from './console-sender'
import type { Encoding } from './message-encoding.ts'
import { useConsole } from './use-console.ts'
import type { ListedEndpoint } from './use-endpoint.ts'

interface ConsolePanelProps {
  endpoints: ListedEndpoint[]
  path: string
  onPath: (path: string) => void
  /** The button that opens the socket, for who has chosen an endpoint in the list. */
  opener: Ref<HTMLButtonElement>
}

/** Whatever is chosen begins afresh: nothing of one endpoint shows in another. */
export function ConsolePanel({ endpoints, path, onPath, opener }: ConsolePanelProps) {
  const endpoint = endpoints.find((one) => one.path === path)
  return (
    <Panel
      title="Console"
      about="A WebSocket of this browser’s own to one of them. It closes when you leave this page."
    >
      <div className="grid gap-4">
        <Field label="Endpoint">
          {(control) => (
            <Select {...control} name="endpoint" value={path} onChange={(event) => onPath(event.target.value)}>
              {endpoints.map((one) => (
                <option key={one.path} value={one.path}>
                  {one.path}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {endpoint && <Console key={path} endpoint={endpoint} opener={opener} />}
      </div>
    </Panel>
  )
}

const states: Record<LineState, { words: string; tone: 'neutral' | 'ok' | 'warn' }> = {
  idle: { words: 'Not opened', tone: 'neutral' },
  opening: { words: 'Opening', tone: 'warn' },
  open: { words: 'Open', tone: 'ok' },
  closing: { words: 'Closing', tone: 'warn' },
  closed: { words: 'Closed', tone: 'neutral' },
}

function Console({ endpoint, opener }: { endpoint: ListedEndpoint; opener: Ref<HTMLButtonElement> }) {
  const { state, entries, open, close, send, clear } = useConsole(endpoint)
  const { words, tone } = states[state]
  const isOpen = state === 'open' || state === 'closing'
  const last = entries.findLast(({ kind }) => kind === 'line')
  return (
    <section aria-label={`Console of ${endpoint.path}`} data-status={state} className="grid gap-4">
      {endpoint.authenticate === 'api-key' && (
        <Notice tone="neutral">
          This one asks for an API key, which no page can send. Open it to see what a refusal looks like from a browser.
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          ref={opener}
          variant={isOpen ? 'secondary' : 'primary'}
          busy={state === 'opening' || state === 'closing'}
          onClick={() => (isOpen ? close() : void open())}
        >
          {isOpen ? 'Close' : 'Open'}
        </Button>
        <Badge tone={tone}>{words}</Badge>
        <span className="flex-1" />
        <span className="text-xs text-ink-3">The last {mostFrames}</span>
        <Button variant="ghost" disabled={entries.length === 0} onClick={clear}>
          Clear
        </Button>
      </div>
      {/* What the line does is said; what it brings would be too much. */}
      <p role="status" className="sr-only">
        {last?.text}
      </p>
      <ConsoleLog entries={entries} />
      <ConsoleSender initial={encodingFor(endpoint)} ready={state === 'open'} onSend={send} />
    </section>
  )
}

function encodingFor({ speaks }: ListedEndpoint): Encoding {
  return speaks === 'json' || speaks === 'message-pack' ? speaks : 'text'
}
