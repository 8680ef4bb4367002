'use client'

import { Pause, Play, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { toast } from 'sonner'
import type { TickerPaint } from '#channels/ticker'
import { IconButton } from '#components/ui/icon-button'
import { Link } from '#components/ui/link'
import type { StripChoice } from './choice.ts'
import { FeedLine } from './feed-line'
import { feedWords } from './feed-words.ts'
import { Tape } from './tape'
import { useStripChoice } from './use-strip-choice.ts'
import { useTicker } from './use-ticker.ts'

interface TickerStripProps {
  userId: string
  initial: TickerPaint
  choice: StripChoice
}

/** The ticker at the foot of every page. Its place is kept from the first paint; hidden, there is neither place nor traffic. */
export function TickerStrip({ userId, initial, choice: remembered }: TickerStripProps) {
  const [choice, choose] = useStripChoice(userId, remembered)
  const isWide = useSyncExternalStore(
    onWidthChange,
    () => window.matchMedia(wide).matches,
    () => false,
  )
  if (choice === 'hidden') return null

  function hide() {
    choose('hidden')
    toast('The ticker strip is hidden.', {
      description: 'Show it again on the page of the ticker.',
      action: { label: 'Show it', onClick: () => choose(choice) },
    })
  }

  return (
    <aside aria-label="Ticker strip" className="hidden h-9 shrink-0 border-t border-line bg-sunken wide:block">
      {isWide && (
        <Strip
          initial={initial}
          paused={choice === 'paused'}
          onPause={() => choose(choice === 'paused' ? 'running' : 'paused')}
          onHide={hide}
        />
      )}
    </aside>
  )
}

/** On a phone there is no room for it. */
const wide = '(min-width: 47.5rem)'

function onWidthChange(changed: () => void) {
  const query = window.matchMedia(wide)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

interface StripProps {
  initial: TickerPaint
  paused: boolean
  onPause: () => void
  onHide: () => void
}

function Strip({ initial, paused, onPause, onHide }: StripProps) {
  const ticker = useTicker('strip', initial)
  const words = feedWords(ticker)
  return (
    <div
      data-feed={words.state}
      data-paused={paused}
      className="group/strip flex h-full items-center gap-3 pr-2 pl-5 text-sm"
    >
      <Link href="/ticker" className="rounded-sm font-medium hover:underline">
        Ticker
      </Link>
      {words.state !== 'live' && (
        <span className={`shrink-0 text-xs ${words.state === 'stale' ? 'text-warn' : 'text-ink-3'}`}>
          <FeedLine words={{ ...words, next: '' }} />
        </span>
      )}
      <Tape book={ticker.book} />
      <IconButton
        label={paused ? 'Run the ticker' : 'Pause the ticker'}
        icon={paused ? <Play /> : <Pause />}
        onClick={onPause}
        className="motion-reduce:hidden"
      />
      <IconButton label="Hide the ticker" icon={<X />} onClick={onHide} className="-ml-2" />
    </div>
  )
}
