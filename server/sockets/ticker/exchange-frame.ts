import { z } from 'zod'
import { quote } from '#channels/ticker'

/** The most quotes one message of an exchange may hold. */
const mostQuotes = 1_000

/**
 * What an exchange says: `{"quotes":[{"symbol":"ACME","price":12.5,"change":-0.4}]}`. `change` is in percent and may
 * be left out; whatever else there is, is passed over.
 */
const exchangeFrame = z.object({
  quotes: z
    .array(quote.pick({ symbol: true, price: true }).extend({ change: z.number().optional() }))
    .min(1)
    .max(mostQuotes),
})
export type ExchangeQuote = z.infer<typeof exchangeFrame>['quotes'][number]

/** The quotes of a message; undefined when it is anything else. */
export function readFrame(message: string): ExchangeQuote[] | undefined {
  try {
    return exchangeFrame.safeParse(JSON.parse(message)).data?.quotes
  } catch {
    return undefined
  }
}
