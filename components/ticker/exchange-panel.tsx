import { type ReactNode, useState } from 'react'
import type { Feed, Stoppage, ticker } from '#channels/ticker'
import type { Role } from '#channels/user'
import { failureOf } from '#components/realtime/failure'
import type { Room } from '#components/realtime/room'
import { Button } from '#components/ui/button'
import { LocalTime } from '#components/ui/local-time'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { wholeWords } from './figures.ts'

interface ExchangePanelProps {
  role: Role
  feed: Feed | undefined
  room: Room<typeof ticker> | undefined
}

/** Where the quotes come from; an admin may have the exchange die, to see what becomes of the screens. */
export function ExchangePanel({ role, feed, room }: ExchangePanelProps) {
  const [busy, setBusy] = useState<Stoppage | 'start'>()
  const [failure, setFailure] = useState<string>()
  const mayStop = role === 'admin' && feed?.own
  const actions = room && mayStop && (
    <div className="flex flex-wrap gap-2">
      {feed.stopped ? (
        <Button variant="primary" busy={busy === 'start'} onClick={() => run('start', room.call('start', {}))}>
          Start it again
        </Button>
      ) : (
        <>
          <Button busy={busy === 'closed'} onClick={() => run('closed', room.call('stop', { how: 'closed' }))}>
            Close its line
          </Button>
          <Button busy={busy === 'silent'} onClick={() => run('silent', room.call('stop', { how: 'silent' }))}>
            Have it fall silent
          </Button>
        </>
      )}
    </div>
  )

  function run(what: Stoppage | 'start', call: Promise<unknown>) {
    setBusy(what)
    setFailure(undefined)
    call.catch((error: unknown) => setFailure(failureOf(error))).finally(() => setBusy(undefined))
  }

  return (
    <Panel
      title="Exchange"
      about="The server hears it over one outbound WebSocket, however many people look, and over none when nobody does."
      actions={actions}
    >
      <dl className="grid gap-x-6 gap-y-2 text-sm wide:grid-cols-[auto_1fr]">
        <Fact name="Address">
          {feed ? <span className="font-mono [overflow-wrap:anywhere]">{feed.uri}</span> : '–'}
        </Fact>
        <Fact name="Quotes it sends">{feed ? `${wholeWords(feed.perSecond)} a second` : '–'}</Fact>
        <Fact name="Messages that were no quotes">{feed ? wholeWords(feed.refused) : '–'}</Fact>
        <Fact name="Line">
          <Line feed={feed} />
        </Fact>
      </dl>
      {failure && (
        <div className="mt-4">
          <Notice tone="danger" role="alert" title="That was not done">
            {failure}
          </Notice>
        </div>
      )}
      {feed?.own && role !== 'admin' && (
        <p className="mt-4 text-sm text-ink-3">An admin can stop it here, to show what a dead exchange looks like.</p>
      )}
    </Panel>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 tabular-nums max-wide:mb-1">{children}</dd>
    </>
  )
}

const lines = {
  connecting: 'Being opened',
  live: 'Open',
  silent: 'Open, but nothing comes. It is made anew every ten seconds',
  away: 'Closed. It is tried again by itself',
}

function Line({ feed }: { feed: Feed | undefined }) {
  if (!feed) return '–'
  return (
    <>
      {lines[feed.state]}
      {feed.state === 'away' && feed.retryAt !== null && (
        <>
          {' '}
          at <LocalTime at={feed.retryAt} form="seconds" />
        </>
      )}
      .{feed.state === 'away' && feed.problem && ` ${feed.problem}`}
      {feed.stopped && (
        <>
          {' '}
          Stopped by {feed.stopped.by.name} at <LocalTime at={feed.stopped.at} form="seconds" />.
        </>
      )}
    </>
  )
}
