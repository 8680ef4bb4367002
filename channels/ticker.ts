import { z } from 'zod'
import { defineChannel, latest, type StateOf } from './contract'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

const symbol = z.string().regex(/^[A-Z0-9][A-Z0-9.-]{0,11}$/)

/** How many updates a second one may choose. Each is a room of its own, named by its number: `ticker/5`. */
export const rates = [1, 2, 5, 10, 20, 50] as const
export type Rate = (typeof rates)[number]
export const rateRooms = ['1', '2', '5', '10', '20', '50'] as const satisfies `${Rate}`[]

/** The strip in the shell: once a second, and without the prices of before. */
export const stripRoom = 'strip'

export const tickerRoom = z.enum([...rateRooms, stripRoom])
export type TickerRoom = z.infer<typeof tickerRoom>

/**
 * The newest price of a symbol. `change` is in percent. `number` counts the quotes of this symbol that the server has
 * heard, from 1: what lies between two that a screen was sent, it has skipped.
 */
export const quote = z.object({
  symbol,
  price: z.number().positive(),
  change: z.number(),
  number: z.int().positive(),
})
export type Quote = z.infer<typeof quote>

/** How an exchange of our own may be stopped: it closes its lines and takes no new one, or it only falls silent. */
export const stoppage = z.enum(['closed', 'silent'])
export type Stoppage = z.infer<typeof stoppage>

/**
 * How the server hears the exchange. `connecting`: nothing has come yet. `live`: the last quote is a moment old.
 * `silent`: the line is open, but nothing comes. `away`: there is no line, and `retryAt` is when the next is tried.
 * `heardAt` is when the last quote came; `perSecond` how many came in the last second; `refused` how many messages
 * were no quotes. `stopped` says who has stopped an exchange of our own. `problem` is a sentence. Told every second,
 * so that a screen that hears none of it knows that the server itself is silent.
 */
export const feed = z.object({
  state: z.enum(['connecting', 'live', 'silent', 'away']),
  heardAt: moment.nullable(),
  retryAt: moment.nullable(),
  problem: z.string().nullable(),
  uri: z.string(),
  perSecond: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  own: z.boolean(),
  stopped: z.object({ how: stoppage, by: userRef, at: moment }).nullable(),
})
export type Feed = z.infer<typeof feed>

/** How many prices of before a symbol has, a second apart, the oldest first. */
export const historyLength = 60
export const priceHistory = z.record(symbol, z.array(z.number()).max(historyLength))
export type PriceHistory = z.infer<typeof priceHistory>

/**
 * Quotes of an exchange. All rooms show the same values, each at the pace it is named by; any other name is
 * `not-found`. Everyone who is signed in may join. `stop` and `start` are for admins, else `forbidden`; they answer
 * `conflict` where the exchange is not this server's own.
 */
export const ticker = defineChannel({
  name: 'ticker',
  room: tickerRoom,
  state: z.object({ history: priceHistory }),
  pushes: {
    quoted: latest(quote, ({ symbol }) => symbol),
    fed: latest(feed, () => 'feed'),
  },
  calls: {
    stop: {
      input: z.object({ how: stoppage }),
      output: z.object({}),
      limit: { burst: 10, perSecond: 1 },
    },
    start: { input: z.object({}), output: z.object({}), limit: { burst: 10, perSecond: 1 } },
  },
  pace: (room) => (room === stripRoom ? 1 : Number(room)),
})

export type TickerPaint = FirstPaint<StateOf<typeof ticker>>
