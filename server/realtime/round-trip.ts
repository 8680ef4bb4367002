import type { Socket as Line } from 'engine.io'

/**
 * Measures how long Engine.IO's pings take to be answered, in milliseconds: one every 25 s, which the browser
 * answers even where the page is busy, so it is the way there and back and little else.
 */
export function measureRoundTrip(line: Line, measured: (milliseconds: number) => void): void {
  let askedAt: number | undefined
  line.on('packetCreate', ({ type }: { type: string }) => {
    if (type === 'ping') askedAt = performance.now()
  })
  line.on('heartbeat', () => {
    // A client may answer what nobody asked.
    if (askedAt !== undefined) measured(performance.now() - askedAt)
    askedAt = undefined
  })
}
