import { useEffect, useState } from 'react'
import { type Feed, feed, quote, type TickerPaint, type TickerRoom, ticker } from '#channels/ticker'
import type { Fold } from '#components/realtime/fold'
import { openRoom, type Room, type RoomSnapshot, type RoomStatus } from '#components/realtime/room'
import { connection } from '#components/realtime/socket'
import { QuoteBook } from './quote-book.ts'

export const tickerFold: Fold<typeof ticker> = { pushes: {} }

/** The server tells every second how it hears the exchange; it is silent itself when it has not for so long, in milliseconds. */
const silentAfter = 4_000
const lookEvery = 500
/** Each symbol once a second, some of them at a time. */
const parts = 10
const sampleEvery = 1_000 / parts

export interface Ticker {
  book: QuoteBook
  status: RoomStatus
  feed: Feed | undefined
  /** The line is open, but the server says nothing. */
  quiet: boolean
  /** For calls; not there before the page has come alive. */
  room: Room<typeof ticker> | undefined
}

/**
 * The quotes of one room. They go into the book and past React, which hears here of what changes at most once a
 * second: `useChannel` would render its component with every frame.
 */
export function useTicker(name: TickerRoom, initial: TickerPaint): Ticker {
  const [book] = useState(() => new QuoteBook(paintedQuotes(initial), initial.state.history))
  const [heard, setHeard] = useState<Omit<Ticker, 'book'>>(() => ({
    status: 'joining',
    feed: paintedFeed(initial),
    quiet: false,
    room: undefined,
  }))
  const [{ position, state }] = useState(initial)

  useEffect(() => {
    const room = openRoom(connection(), ticker, name, { position, state }, tickerFold)
    let shown: RoomSnapshot<typeof ticker> | undefined
    let heardAt = performance.now()
    const take = () => {
      const { status, latest } = room.snapshot
      if (status === 'joined' && latest !== shown?.latest) {
        heardAt = performance.now()
        const quotes = Object.values(latest.quoted)
        // The first values come with the answer to the join.
        if (shown?.status === 'joined') book.frame(quotes)
        else book.replace(quotes)
      }
      if (status !== shown?.status || latest.fed !== shown.latest.fed) {
        const feed = status === 'joined' ? latest.fed.feed : undefined
        setHeard((before) => ({
          room,
          feed: feed ?? before.feed,
          quiet: before.quiet && status !== 'joined',
          // On the way back, or from one rate to another, it stays what it was until there is something new to show.
          status: status === 'joining' ? before.status : status,
        }))
      }
      shown = room.snapshot
    }
    take()
    const unsubscribe = room.subscribe(take)
    const looking = setInterval(() => {
      const quiet = performance.now() - heardAt > silentAfter
      setHeard((before) => (before.quiet === quiet ? before : { ...before, quiet }))
    }, lookEvery)
    let part = 0
    const sampling = setInterval(() => {
      part = (part + 1) % parts
      if (shown?.latest.fed.feed?.state === 'live' && shown.status === 'joined') book.sample(part, parts)
    }, sampleEvery)
    return () => {
      unsubscribe()
      clearInterval(looking)
      clearInterval(sampling)
      room.exit()
    }
  }, [name, book, position, state])

  return { book, ...heard }
}

function paintedQuotes({ latest = [] }: TickerPaint) {
  return latest.flatMap(({ push, data }) => (push === 'quoted' ? [quote.parse(data)] : []))
}

function paintedFeed({ latest = [] }: TickerPaint): Feed | undefined {
  const painted = latest.find(({ push }) => push === 'fed')
  return painted && feed.parse(painted.data)
}
