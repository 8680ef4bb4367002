'use client'

import { useState } from 'react'
import { type Rate, rateRooms, type TickerPaint } from '#channels/ticker'
import type { Role } from '#channels/user'
import { ErrorState } from '#components/ui/error-state'
import { Panel } from '#components/ui/panel'
import { Switch } from '#components/ui/switch'
import { rateCookie, remember, type StripChoice } from './choice.ts'
import { ExchangePanel } from './exchange-panel'
import { FeedLine } from './feed-line'
import { feedWords } from './feed-words.ts'
import { QuoteTable } from './quote-table'
import { RateSlider } from './rate-slider'
import { TrafficFigures } from './traffic-figures'
import { useStripChoice } from './use-strip-choice.ts'
import { useTicker } from './use-ticker.ts'

interface TickerPanelProps {
  me: { id: string; role: Role }
  initial: TickerPaint
  initialRate: Rate
  initialStrip: StripChoice
}

export function TickerPanel({ me, initial, initialRate, initialStrip }: TickerPanelProps) {
  const [rate, setRate] = useState(initialRate)
  const [strip, chooseStrip] = useStripChoice(me.id, initialStrip)
  const ticker = useTicker(rateRooms.find((name) => name === `${rate}`) ?? '10', initial)
  const { book, status, feed, room } = ticker
  const words = feedWords(ticker)

  function choose(next: Rate) {
    setRate(next)
    remember(rateCookie, next)
  }

  return (
    <div data-status={status} data-feed={words.state} data-rate={rate} className="grid gap-4 wide:gap-6">
      <Panel
        title="Bandwidth"
        about="Each symbol moves about ten times a second. What does not fit into the updates you ask for is skipped, and what comes is always the newest."
      >
        <div className="grid gap-5">
          <RateSlider rate={rate} onChange={choose} />
          <TrafficFigures book={book} rate={rate} />
        </div>
      </Panel>
      <Panel
        title="Quotes"
        about={
          // On a phone the longest of what it says takes two lines; their place is kept.
          <span
            role="status"
            className={`flex items-start max-wide:min-h-10 ${words.state === 'stale' ? 'text-warn' : ''}`}
          >
            <FeedLine words={words} />
          </span>
        }
      >
        {status === 'denied' ? (
          <ErrorState title="The quotes cannot be shown." onRetry={() => window.location.reload()} />
        ) : (
          <QuoteTable book={book} state={words.state} />
        )}
      </Panel>
      <ExchangePanel role={me.role} feed={feed} room={room} />
      <Panel title="Strip">
        <Switch
          label="Show the strip at the foot of every page"
          hint="Once a second, and only where the window is wide enough. Hidden, it costs nothing: no value is sent for it."
          checked={strip !== 'hidden'}
          onCheckedChange={(shown) => chooseStrip(shown ? 'running' : 'hidden')}
        />
      </Panel>
    </div>
  )
}
