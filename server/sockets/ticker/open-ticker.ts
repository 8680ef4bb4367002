import { type TickerPaint, type TickerRoom, ticker } from '#channels/ticker'
import { container } from '#server/container'
import { firstPaint } from '#server/realtime/first-paint'

/** A room of the ticker for the first paint. */
export function openTicker(room: TickerRoom): Promise<TickerPaint> {
  const { sockets } = container()
  sockets.ticker.wish(room)
  return firstPaint(ticker, room, async () => ({ history: sockets.ticker.history(room) }))
}

/** The strip: its quotes come with the join, and weigh nothing on the pages it stands on. */
export async function openStrip(): Promise<TickerPaint> {
  const { position, state } = await firstPaint(ticker, 'strip', async () => ({ history: {} }))
  return { position, state }
}
