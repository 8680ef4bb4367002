import type { Tone } from '#components/ui/tone-mark'
import type { Ticker } from './use-ticker.ts'

/** How the quotes stand: in words, between which a moment may stand (milliseconds since 1970). */
export interface FeedWords {
  /** `stale`: what is shown may be old. */
  state: 'waiting' | 'live' | 'stale'
  tone: Tone
  words: string
  at: number | null
  next: string
}

/** What to say of the quotes on a screen. */
export function feedWords({ status, feed, quiet }: Pick<Ticker, 'status' | 'feed' | 'quiet'>): FeedWords {
  const stale = (next: string): FeedWords => {
    const at = feed?.heardAt ?? null
    return { state: 'stale', tone: 'warn', words: at === null ? 'No quotes yet' : 'No quotes since', at, next }
  }
  if (status === 'ended') return stale('The session has ended.')
  if (status === 'offline') return stale('The line is cut. Reconnecting.')
  if (quiet) return stale('The server is silent. Waiting for it.')
  if (!feed || status !== 'joined') return { ...waiting, words: 'Joining' }
  if (feed.state === 'connecting') return { ...waiting, words: 'Connecting to the exchange' }
  if (feed.state === 'live') return { state: 'live', tone: 'ok', words: 'Live', at: null, next: '' }
  return stale(feed.stopped ? `${feed.stopped.by.name} has stopped the exchange.` : 'Trying again.')
}

const waiting = { state: 'waiting', tone: 'neutral', at: null, next: '' } as const
