import { z } from 'zod'
import { role, userRef } from './user'

/** The closed list of answers to a join, a call or a request that was not granted. */
export const refusalCode = z.enum([
  'unauthenticated',
  'forbidden',
  'not-joined',
  'invalid',
  'conflict',
  'rate-limited',
  'not-found',
  'too-large',
  'unavailable',
  'internal',
])
export type RefusalCode = z.infer<typeof refusalCode>

/** The closed list of reasons for which the server closes a socket or a session. */
export const endReason = z.enum([
  'signed-out',
  'signed-in-elsewhere',
  'revoked',
  'expired',
  'malformed',
  'forbidden',
  'rate-limited',
  'too-slow',
  'restarting',
])
export type EndReason = z.infer<typeof endReason>

/** One field that was not accepted: `path` is the field's name, dotted where nested. */
export const issue = z.object({ path: z.string(), message: z.string() })
export type Issue = z.infer<typeof issue>

/** 64 KiB: the largest message a client sends, where the server's settings do not say otherwise. It closes a socket that exceeds it. */
export const maxMessageBytes = 64 * 1024

/**
 * A place in a room's log. `seq` counts the stream pushes of the room from 1; 0 is before the first.
 * A position of another `epoch` means nothing: the log it came from is gone.
 */
export const position = z.object({ epoch: z.string(), seq: z.int().nonnegative() })
export type Position = z.infer<typeof position>

/**
 * One push as it travels. `at` is milliseconds since 1970, server time. `seq` is there for stream pushes
 * alone, and `key` for latest ones, where no `data` says that there is no value under this key any more.
 */
export const pushed = z.object({
  push: z.string(),
  seq: z.int().positive().optional(),
  key: z.string().optional(),
  at: z.number(),
  data: z.unknown().optional(),
})
export type Pushed = z.infer<typeof pushed>

/** A room as the server rendered it: its state and newest values, and the position that was read before them. */
export interface FirstPaint<State> {
  position: Position
  state: State
  latest?: Pushed[]
}

/** Down, `<channel>:push`. */
export const pushFrame = z.object({ room: z.string(), pushes: z.array(pushed) })
export type PushFrame = z.infer<typeof pushFrame>

const roomName = z.string().min(1).max(128)

/** Up, `<channel>:join`. */
export const joinRequest = z.strictObject({ room: roomName, position: position.optional() })
/** Up, `<channel>:leave`. */
export const leaveRequest = z.strictObject({ room: roomName })
/** Up, `<channel>:<call>`. The input is parsed by the contract of the call. */
export const callRequest = z.strictObject({ room: roomName, input: z.unknown() })

/**
 * A request that was not granted; `message` is for the person, `code` for the program. With `rate-limited`, and with
 * `unavailable` from a server that is closing, `retryAfter` says in how many milliseconds to ask again; then it was
 * certainly not carried out. With `conflict`, `theirs` may be what stands there instead, in a shape of the channel's.
 */
export const refused = z.object({
  ok: z.literal(false),
  code: refusalCode,
  message: z.string(),
  retryAfter: z.number().nonnegative().optional(),
  issues: z.array(issue).optional(),
  theirs: z.unknown().optional(),
})
export type Refused = z.infer<typeof refused>

/**
 * Everything since the position the client named, or, where the log does not reach back, the state afresh.
 * With `more` the pushes are the first page of a long gap: the client joins again from where they end.
 * `latest` holds all values of the room's latest pushes, and replaces those the client had.
 */
export const joinReply = z.union([
  z.object({
    ok: z.literal(true),
    position,
    pushes: z.array(pushed),
    more: z.boolean().optional(),
    latest: z.array(pushed).optional(),
  }),
  z.object({ ok: z.literal(true), position, state: z.unknown(), latest: z.array(pushed).optional() }),
  refused,
])
export type JoinReply = z.infer<typeof joinReply>

export const leaveReply = z.union([z.object({ ok: z.literal(true) }), refused])
export type LeaveReply = z.infer<typeof leaveReply>

export const callReply = z.union([z.object({ ok: z.literal(true), output: z.unknown() }), refused])
export type CallReply = z.infer<typeof callReply>

/** How often a client says `alive`, in milliseconds. */
export const aliveEvery = 15_000

/** Up, `alive`: for each room the client has joined, by its key, the number of the last stream push it applied. */
export const aliveRequest = z
  .record(z.string().max(256), z.int().nonnegative())
  .refine((seqs) => Object.keys(seqs).length <= 100)
export type AliveRequest = z.infer<typeof aliveRequest>

/**
 * Those of the rooms whose log goes further, with the number it has reached. `renew` asks a client whose
 * person is there to renew the session's cookie: half of its life is over. `now` is the server's clock, in
 * milliseconds since 1970.
 */
export const aliveReply = z.object({
  ok: z.literal(true),
  behind: z.record(z.string(), z.int()),
  now: z.number(),
  renew: z.boolean().optional(),
})
export type AliveReply = z.infer<typeof aliveReply>

/**
 * Down, `ended`, and then the server closes; also the `data` of a refused handshake.
 * `retry` says whether a client may come back by itself. `at` (milliseconds since 1970) and `by`
 * (the device and address that signed in) let the screen say what happened, where from and when.
 * `retryAfter` is how many milliseconds to wait before coming back: the server spreads its clients' return.
 * `only` says that this socket alone is closed, and the session lives on.
 */
export const ended = z.object({
  reason: endReason,
  retry: z.boolean(),
  retryAfter: z.number().nonnegative().optional(),
  at: z.number().optional(),
  by: z.object({ device: z.string(), address: z.string() }).optional(),
  only: z.literal('socket').optional(),
})
export type Ended = z.infer<typeof ended>

/** Down, `<channel>:left`: the server has taken the client out of a room that it may no longer be in. */
export const left = z.object({ room: z.string(), code: refusalCode, message: z.string() })
export type Left = z.infer<typeof left>

/** Down, `person`: who the session's person is from now on. Rooms that were denied may be open to them. */
export const person = userRef.extend({ role })
export type Person = z.infer<typeof person>

/** The `data` of a refused handshake (`connect_error`); `ended` says why, where the session is known to have ended. */
export const handshakeRefused = z.object({
  code: refusalCode,
  message: z.string(),
  retryAfter: z.number().nonnegative().optional(),
  ended: ended.optional(),
})
export type HandshakeRefused = z.infer<typeof handshakeRefused>
