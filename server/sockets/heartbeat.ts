import type { WebSocket } from 'ws'

interface Heard {
  /** The round-trip time of an answered ping, in milliseconds. */
  measured?(roundTrip: number): void
  /** Before the line is cut. */
  silent?(): void
}

/**
 * Finds out that the other side is gone although nothing said so: a cable was pulled, a laptop sleeps. Each beat
 * asks with a ping; a line on which nothing came since the last one is cut, without a close frame nobody would read.
 */
export class Heartbeat {
  /** By `performance.now()`; undefined when no ping is outstanding. */
  #askedAt: number | undefined

  constructor(
    private readonly ws: WebSocket,
    private readonly heard: Heard = {},
  ) {
    ws.on('pong', () => {
      if (this.#askedAt !== undefined) heard.measured?.(performance.now() - this.#askedAt)
      this.#askedAt = undefined
    })
    for (const sign of ['message', 'ping'] as const) ws.on(sign, () => this.#forgive())
  }

  /** To be called at intervals. */
  beat(): void {
    // Nobody reads, so nobody can see whether an answer has come.
    if (this.ws.isPaused) return
    if (this.#askedAt !== undefined) {
      this.heard.silent?.()
      this.ws.terminate()
    } else {
      this.#askedAt = performance.now()
      this.ws.ping()
    }
  }

  pause(): void {
    this.ws.pause()
  }

  /** The answer to the last ping may lie among what could not be read until now. */
  resume(): void {
    this.#forgive()
    this.ws.resume()
  }

  #forgive(): void {
    this.#askedAt = undefined
  }
}
