import type { Feed } from '#channels/ticker'
import { container } from '#server/container'
import { createWebsocket } from '#server/sockets/outbound/clients'
import type { WebsocketClient } from '#server/sockets/outbound/websocket-client'
import { type ExchangeQuote, readFrame } from './exchange-frame'

/** An exchange from which nothing has come for so long is silent, in milliseconds. */
const silentAfter = 3_000
/** A line that is silent for so long is made anew: the other end may be gone without a word. */
const redialAfter = 10_000
/** How often that is looked at, in milliseconds. */
const lookEvery = 500
/** It must be seen to be back soon after it is. A line is asked for a sign of life before its silence is noticed. */
const options = { backOff: { first: 500, longest: 4_000 }, pingEvery: 2_000 }

export type LineStatus = Pick<Feed, 'state' | 'heardAt' | 'retryAt' | 'problem' | 'refused'>

interface Listener {
  heard(quotes: ExchangeQuote[]): void
  /** The state is another one. */
  changed(): void
}

/**
 * The outbound socket to the exchange. It comes back by itself: when it was closed, when the exchange falls silent,
 * and also when it was refused.
 */
export class ExchangeLine {
  #client: WebsocketClient<string> | undefined
  #timer: NodeJS.Timeout | undefined
  /** When this line was made, and when it last brought quotes; by the monotonic clock, in milliseconds. */
  #dialledAt = 0
  #heardAt = Number.NEGATIVE_INFINITY
  #lastQuote: number | null = null
  #refused = 0
  #saidRefused = false
  #cannot: string | null = null
  #told: Feed['state'] = 'connecting'

  constructor(private readonly listener: Listener) {}

  get isOpen(): boolean {
    return this.#timer !== undefined
  }

  /** Keeps a line to `uri` from now on. */
  open(uri: string): void {
    if (this.isOpen) return
    this.#timer = setInterval(() => this.#look(uri), lookEvery).unref()
    this.#dial(uri)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#hangUp()
    this.#told = 'connecting'
    this.#heardAt = Number.NEGATIVE_INFINITY
  }

  get status(): LineStatus {
    const { retryAt = null, problem = null } = this.#client?.status ?? {}
    return {
      state: this.#state(),
      heardAt: this.#lastQuote,
      retryAt,
      problem: this.#cannot ?? problem,
      refused: this.#refused,
    }
  }

  #state(): Feed['state'] {
    if (!this.isOpen) return 'connecting'
    const now = performance.now()
    const isOpen = this.#client?.status.state === 'open'
    if (isOpen && now - this.#heardAt < silentAfter) return 'live'
    // It has just been made, and nothing has gone wrong yet.
    const isNew = now - this.#dialledAt < silentAfter && this.#heardAt < this.#dialledAt
    if (isNew && this.#cannot === null && !this.#client?.status.failures && this.#told === 'connecting') {
      return 'connecting'
    }
    return isOpen && now - this.#heardAt >= silentAfter && now - this.#dialledAt >= silentAfter ? 'silent' : 'away'
  }

  #dial(uri: string): void {
    this.#hangUp()
    this.#dialledAt = performance.now()
    this.#cannot = null
    try {
      const client: WebsocketClient<string> = createWebsocket(
        uri,
        {
          onMessage: (message, peer) => {
            if (peer === this.#client) this.#hear(message)
          },
        },
        options,
      )
      this.#client = client
      client.subscribe(() => {
        if (client === this.#client) this.#tell()
      })
    } catch (error) {
      this.#cannot = error instanceof Error ? error.message : 'The line could not be made.'
      container().log.warn({ err: error }, 'the exchange cannot be reached; it is tried again')
    }
  }

  #hangUp(): void {
    const client = this.#client
    this.#client = undefined
    client?.close()
  }

  #hear(message: string): void {
    const quotes = readFrame(message)
    if (!quotes) {
      this.#refused++
      // Once, however much of it comes.
      if (!this.#saidRefused)
        container().log.warn({ message: message.slice(0, 200) }, 'the exchange says what is no quotes')
      this.#saidRefused = true
      return
    }
    this.#heardAt = performance.now()
    this.#lastQuote = Date.now()
    this.listener.heard(quotes)
    this.#tell()
  }

  #look(uri: string): void {
    if (performance.now() - Math.max(this.#heardAt, this.#dialledAt) > redialAfter) {
      const state = this.#client?.status.state
      // One that waits, or is being opened, comes back by itself.
      if (state === undefined || state === 'open' || state === 'refused' || state === 'closed') this.#dial(uri)
    }
    this.#tell()
  }

  #tell(): void {
    const state = this.#state()
    if (state === this.#told) return
    this.#told = state
    this.listener.changed()
  }
}
