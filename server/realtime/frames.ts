import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket as Line } from 'engine.io'
import { TokenBucket } from './token-bucket'

/** A client of ours answers a ping every 25 s; what comes much more often is there to keep us busy. */
const idleFrames = { burst: 20, perSecond: 1 }

/**
 * Looks at every frame of a line before Socket.IO does, and lets through what a client of ours sends: one
 * greeting, for the namespace `/`; events; a farewell; answers to our pings. The rest of the protocol Socket.IO
 * would take without a word and without end: answers to questions never asked, greetings of other namespaces,
 * binary data, signs of life. The line is closed for it as for a frame that breaks the protocol, with `malformed`.
 */
export function watchFrames(line: Line): void {
  let greeted = false
  const idle = new TokenBucket(idleFrames)
  const isOurs = (type: string, data: unknown): boolean => {
    if (type === 'pong') return idle.take() === 0
    if (type !== 'message' || typeof data !== 'string') return false
    if (/^2\d*\[/.test(data) || data === '1') return true
    const greeting = !greeted && /^0(\{|$)/.test(data)
    greeted = true
    return greeting
  }
  // Heard by Socket.IO, which tells the socket on this line, if there is one, and closes the line.
  const reject = () => line.emit('error', new Error('a frame that no client of ours sends'))
  line.on('packet', ({ type, data }: { type: string; data: unknown }) => {
    if (!isOurs(type, data)) reject()
  })
  // Engine.IO keeps the WebSocket there, which its types do not say. Each of its pings is answered with a frame.
  const { websocket } = line.request as IncomingMessage & { websocket?: EventEmitter }
  websocket?.on('ping', () => {
    if (line.readyState === 'open' && idle.take() > 0) reject()
  })
}
