import { type OutboundMessage, shownTraffic } from '#channels/outbound'
import type { Frame } from '#server/sockets/transcoder'
import { showTraffic } from './client-board'

/** How often the messages of one client are shown at most, in milliseconds; the last one always is. */
const showEvery = 200

/** The last messages of one outbound socket, for those who watch it. */
export class Traffic {
  #messages: OutboundMessage[] = []
  #count = 0
  #timer: NodeJS.Timeout | undefined

  add(id: string, direction: OutboundMessage['direction'], frame: Frame): void {
    const isText = typeof frame === 'string'
    const body = isText
      ? frame.slice(0, shownTraffic.characters)
      : frame.toString('hex', 0, shownTraffic.characters / 2)
    this.#messages.push({
      number: ++this.#count,
      at: Date.now(),
      direction,
      kind: isText ? 'text' : 'binary',
      // Not half of a pair.
      body: body.replace(/\p{Surrogate}$/u, ''),
      cut: (isText ? body.length : body.length / 2) < frame.length,
      bytes: Buffer.byteLength(frame),
    })
    this.#messages = this.#messages.slice(-shownTraffic.messages)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      showTraffic({ id, messages: this.#messages })
    }, showEvery).unref()
  }
}
