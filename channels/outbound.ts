import { z } from 'zod'
import { defineChannel, latest, type StateOf } from './contract'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

/**
 * `waiting` for the next try; `refused` for good, because the address may not be reached or the other side does not
 * want us; `closed` for good by ourselves.
 */
export const clientState = z.enum(['connecting', 'open', 'waiting', 'refused', 'closed'])
export type ClientState = z.infer<typeof clientState>

/**
 * An outbound socket. `uri` is without the query, which may hold what is secret. `opened` counts how often it was
 * opened, `failures` the tries that failed in a row; `openedBy` is null for the server's own.
 */
export const outboundClient = z.object({
  id: z.uuid(),
  uri: z.string(),
  state: clientState,
  since: moment,
  opened: z.int().nonnegative(),
  failures: z.int().nonnegative(),
  retryAt: moment.nullable(),
  problem: z.string().nullable(),
  queued: z.int().nonnegative(),
  openedBy: userRef.nullable(),
})
export type OutboundClient = z.infer<typeof outboundClient>

/** How many messages of a client are shown, and the longest part of one, in characters. */
export const shownTraffic = { messages: 20, characters: 500 }

/** One message, numbered from 1 in its client. `body` is text as it stands, or bytes in hex, `cut` when it is longer. */
export const outboundMessage = z.object({
  number: z.int().positive(),
  at: moment,
  direction: z.enum(['in', 'out']),
  kind: z.enum(['text', 'binary']),
  body: z.string().max(shownTraffic.characters),
  cut: z.boolean(),
  bytes: z.int().nonnegative(),
})
export type OutboundMessage = z.infer<typeof outboundMessage>

/** The last messages of a client, the oldest first. */
export const outboundTraffic = z.object({
  id: z.uuid(),
  messages: z.array(outboundMessage).max(shownTraffic.messages),
})

/** The most clients that people have open at once, on all nodes. */
export const mostOpened = 20

/** What an admin writes to open one; whether it may be reached, the server decides. */
export const newClient = z.object({
  uri: z.string().trim().min(1, 'Write an address first.').max(500, 'At most 500 characters.'),
})
export type NewClient = z.input<typeof newClient>

const byId = z.object({ id: z.uuid() })

/**
 * The outbound sockets of all nodes, in the one room `outbound/all`. Everyone who is signed in sees them; only an
 * admin opens, sends and closes, else `forbidden`. One that was closed stays for a minute, then it is withdrawn.
 *
 * - `open` answers with its id. `invalid` for what is no address of a WebSocket, `forbidden` for one that may not be
 *   reached, `conflict` with `mostOpened` of them open.
 * - `send` answers whether the line has taken the message or it waits for the line. `conflict` when neither.
 * - `close` closes one for good; closing one twice is no error.
 * The last two answer `not-found` for a client there is not, and `forbidden` for one of the server's own.
 */
export const outbound = defineChannel({
  name: 'outbound',
  room: z.literal('all'),
  state: z.object({}),
  pushes: {
    changed: latest(outboundClient, ({ id }) => id),
    exchanged: latest(outboundTraffic, ({ id }) => id),
  },
  calls: {
    open: { input: newClient, output: byId, limit: { burst: 30, perSecond: 1 } },
    send: {
      input: byId.extend({ text: z.string().min(1, 'Write something first.').max(4_000, 'At most 4,000 characters.') }),
      output: z.object({ outcome: z.enum(['sent', 'queued']) }),
      limit: { burst: 20, perSecond: 5 },
    },
    close: { input: byId, output: byId, limit: { burst: 20, perSecond: 2 } },
  },
})

export type SendOutcome = 'sent' | 'queued'
export type OutboundPaint = FirstPaint<StateOf<typeof outbound>>
