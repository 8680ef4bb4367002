import type { ClientState, OutboundClient, OutboundMessage } from '#channels/outbound'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { LocalTime } from '#components/ui/local-time'
import { ClientTraffic, SendForm } from './client-traffic'

interface ClientRowProps {
  client: OutboundClient
  messages: OutboundMessage[]
  /** Whether this person may send and close. */
  mayOperate: boolean
  send: (id: string, text: string) => Promise<string | undefined>
  close: (id: string) => Promise<string | undefined>
}

const states: Record<ClientState, { words: string; tone: 'neutral' | 'ok' | 'warn' | 'danger' }> = {
  connecting: { words: 'Connecting', tone: 'warn' },
  open: { words: 'Open', tone: 'ok' },
  waiting: { words: 'Waiting', tone: 'warn' },
  refused: { words: 'Refused', tone: 'danger' },
  closed: { words: 'Closed', tone: 'neutral' },
}

export function ClientRow({ client, messages, mayOperate, send, close }: ClientRowProps) {
  const { id, uri, state, problem, openedBy } = client
  const { words, tone } = states[state]
  const operates = mayOperate && openedBy !== null && state !== 'closed'
  return (
    <li data-state={state} className="grid gap-3 py-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="font-mono text-sm font-medium [overflow-wrap:anywhere]">{uri}</span>
            <Badge tone={tone}>{words}</Badge>
          </h3>
          <Facts client={client} />
          {problem && state !== 'closed' && <p className="mt-1 text-sm text-ink-2">{problem}</p>}
        </div>
        {operates && (
          <ConfirmDialog
            trigger={<Button size="sm">Close</Button>}
            title="Close this outbound socket?"
            description={
              <>
                <span className="font-mono [overflow-wrap:anywhere]">{uri}</span> is closed for everyone and does not
                come back by itself. What waits to be sent is dropped.
              </>
            }
            confirm="Close it"
            variant="danger"
            onConfirm={() => close(id)}
          />
        )}
      </div>
      {openedBy && <ClientTraffic uri={uri} messages={messages} />}
      {operates && state !== 'refused' && <SendForm uri={uri} send={(text) => send(id, text)} />}
    </li>
  )
}

function Facts({ client: { state, since, retryAt, opened, failures, queued, openedBy } }: { client: OutboundClient }) {
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-ink-3">
      <span>
        {openedBy ? `Opened by ${openedBy.name}` : 'The server’s own'}, {states[state].words.toLowerCase()} since{' '}
        <LocalTime at={since} form="seconds" />
      </span>
      {retryAt !== null && (
        <span>
          Next try at <LocalTime at={retryAt} form="seconds" />
        </span>
      )}
      {opened > 1 && <span>Came back {opened === 2 ? 'once' : `${opened - 1} times`}</span>}
      {failures > 0 && <span>{failures === 1 ? 'One try' : `${failures} tries`} failed</span>}
      {queued > 0 && <span>{queued === 1 ? 'One message waits' : `${queued} messages wait`}</span>}
    </p>
  )
}
