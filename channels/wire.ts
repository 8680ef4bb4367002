import { z } from 'zod'

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

/** 64 KiB: the largest message either side sends. The server closes a socket that exceeds it. */
export const maxMessageBytes = 64 * 1024

/**
 * A place in a room's log. `seq` counts the stream pushes of the room from 1; 0 is before the first.
 * A position of another `epoch` means nothing: the log it came from is gone.
 */
export const position = z.object({ epoch: z.string(), seq: z.int().nonnegative() })
export type Position = z.infer<typeof position>

/** A room as the server rendered it: its state, and the position that was read before it. */
export interface FirstPaint<State> {
  position: Position
  state: State
}

/** One push as it travels. `seq` is there for stream pushes alone; `at` is milliseconds since 1970, server time. */
export const pushed = z.object({
  push: z.string(),
  seq: z.int().positive().optional(),
  at: z.number(),
  data: z.unknown(),
})
export type Pushed = z.infer<typeof pushed>

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

/** A request that was not granted; `message` is for the person, `code` for the program. */
export const refused = z.object({
  ok: z.literal(false),
  code: refusalCode,
  message: z.string(),
  issues: z.array(issue).optional(),
})
export type Refused = z.infer<typeof refused>

/** Everything since the position the client named, or, where the log does not reach back, the state afresh. */
export const joinReply = z.union([
  z.object({ ok: z.literal(true), position, pushes: z.array(pushed) }),
  z.object({ ok: z.literal(true), position, state: z.unknown() }),
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

/** Those of the rooms whose log goes further, with the number it has reached. */
export const aliveReply = z.object({ ok: z.literal(true), behind: z.record(z.string(), z.int()) })
export type AliveReply = z.infer<typeof aliveReply>

/**
 * Down, `ended`, and then the server closes; also the `data` of a refused handshake.
 * `retry` says whether a client may come back by itself. `at` (milliseconds since 1970) and `by`
 * (the device and address that signed in) let the screen say what happened, where from and when.
 */
export const ended = z.object({
  reason: endReason,
  retry: z.boolean(),
  at: z.number().optional(),
  by: z.object({ device: z.string(), address: z.string() }).optional(),
})
export type Ended = z.infer<typeof ended>

/** The `data` of a refused handshake (`connect_error`); `ended` says why, where the session is known to have ended. */
export const handshakeRefused = z.object({ code: refusalCode, message: z.string(), ended: ended.optional() })
export type HandshakeRefused = z.infer<typeof handshakeRefused>
