import { z } from 'zod'
import { type Feed, feed, quote, stripRoom, type TickerRoom, ticker, tickerRoom } from '#channels/ticker'
import { container } from '#server/container'
import { defineNodeMessage } from '#server/realtime/node-messages'
import { shownAddress } from '#server/sockets/outbound/destination'
import { ExchangeLine } from './exchange-line'
import { ExchangeSwitch, exchangePath } from './exchange-switch'
import { Lease } from './lease'
import { History, Tape } from './tape'

/** In milliseconds. */
const lookEvery = 1_000
/** A room nobody has asked for in so long is not fed, in milliseconds. */
const wantedFor = 5_000

/** Somebody is in this room on one of the nodes. */
const wanted = defineNodeMessage('ticker-wanted', z.object({ room: tickerRoom }))

/**
 * Brings the quotes of the exchange to the rooms of the ticker: one line for however many look, and none when nobody
 * does. Of several nodes one alone has the line, one of those where somebody looks: two exchanges that walk by
 * themselves would have prices jump. The others hear its quotes through the board they share, and one of them takes
 * over within seconds when it is gone, which the screens see as silence.
 */
export class Ticker {
  readonly exchangeSwitch = new ExchangeSwitch()
  readonly #lease = new Lease('ticker')
  readonly #tape = new Tape()
  readonly #history = new History()
  /** How many on this node are in each room. */
  readonly #here = new Map<TickerRoom, number>()
  /** When each room was last asked for on any node, by the monotonic clock. */
  readonly #wanted = new Map<TickerRoom, number>()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #closed = false
  #heard = 0
  #perSecond = 0
  readonly #line = new ExchangeLine({
    heard: (quotes) => {
      const taken = this.#tape.take(quotes)
      this.#heard += taken.length
      const { latest } = container()
      for (const room of this.#fed()) for (const one of taken) latest.put(ticker, room, 'quoted', one)
    },
    changed: () => this.#showFeed(),
  })

  /** Once the container is filled: hears the other nodes. */
  start(): void {
    this.exchangeSwitch.start()
    container().nodeMessages.listen(wanted, ({ room }) => this.#want(room))
  }

  /** Somebody on this node is in a room, until what this gives is called. */
  enter(room: TickerRoom): () => void {
    this.#here.set(room, (this.#here.get(room) ?? 0) + 1)
    this.wish(room)
    this.#timer ??= setInterval(() => this.#look(), lookEvery).unref()
    this.#look()
    return () => {
      const left = (this.#here.get(room) ?? 1) - 1
      if (left > 0) this.#here.set(room, left)
      else this.#here.delete(room)
    }
  }

  /** A room is about to be shown: where the line is, it has its values at once. */
  wish(room: TickerRoom): void {
    container().nodeMessages.tell(wanted, { room })
  }

  history(room: TickerRoom) {
    return room === stripRoom ? {} : this.#history.all
  }

  /** Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    this.#line.close()
    await this.#round
    // Where the database is away the lease runs out by itself.
    await this.#rest().catch((error: unknown) => container().log.warn({ err: error }, 'the ticker was not let go'))
  }

  /** One round at a time; one that fails is made good by the next. */
  #look(): void {
    if (this.#closed) return
    this.#round ??= this.#run()
      .catch((error: unknown) => {
        container().log.warn({ err: error }, 'the ticker could not be kept; it is tried again')
        this.#line.close()
      })
      .finally(() => {
        this.#round = undefined
      })
  }

  async #run(): Promise<void> {
    if (this.#here.size === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
      return this.#rest()
    }
    for (const room of this.#here.keys()) this.wish(room)
    this.#noteHistory()
    const mine = await this.#lease.hold()
    if (this.#closed || !mine) return this.#line.close()
    if (!this.#line.isOpen) this.#tape.adopt(this.#shown().quotes)
    this.#line.open(this.#uri())
    this.#perSecond = this.#heard
    this.#heard = 0
    this.#showFeed()
  }

  async #rest(): Promise<void> {
    const mine = this.#line.isOpen
    this.#line.close()
    // Or whoever comes next would take the prices of now for live until they are.
    if (mine && !this.#closed) this.#showFeed()
    await this.#lease.free()
  }

  #want(room: TickerRoom): void {
    const isNew = performance.now() - (this.#wanted.get(room) ?? Number.NEGATIVE_INFINITY) > wantedFor
    this.#wanted.set(room, performance.now())
    if (!isNew || !this.#line.isOpen) return
    for (const one of this.#tape.quotes) container().latest.put(ticker, room, 'quoted', one)
    container().latest.put(ticker, room, 'fed', this.#feed())
  }

  #fed(): TickerRoom[] {
    const now = performance.now()
    return [...this.#wanted].flatMap(([room, at]) => (now - at <= wantedFor ? [room] : []))
  }

  #showFeed(): void {
    for (const room of this.#fed()) container().latest.put(ticker, room, 'fed', this.#feed())
  }

  #feed(): Feed {
    const { status } = this.#line
    return {
      ...status,
      uri: shownAddress(new URL(this.#uri())),
      perSecond: status.state === 'live' ? this.#perSecond : 0,
      own: container().env.exchangeUrl === undefined,
      stopped: this.exchangeSwitch.stopped,
    }
  }

  #noteHistory(): void {
    const { quotes, isLive } = this.#shown()
    if (isLive) this.#history.note(quotes)
  }

  /** What those who look on this node are shown, whichever node has heard it. */
  #shown() {
    const [room = stripRoom] = this.#here.keys()
    const shown = container().latest.read(ticker, room) ?? []
    return {
      quotes: shown.flatMap(({ push, data }) => (push === 'quoted' ? [quote.parse(data)] : [])),
      isLive: shown.some(({ push, data }) => push === 'fed' && feed.parse(data).state === 'live'),
    }
  }

  #uri(): string {
    return container().env.exchangeUrl ?? `${container().sockets.clients.self}${exchangePath}`
  }
}
