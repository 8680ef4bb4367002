import type { z } from 'zod'

/** A push that is numbered and logged: every member applies each one exactly once, in order. */
export interface StreamPush<Data extends z.ZodType = z.ZodType> {
  kind: 'stream'
  data: Data
}

/** A push that is never stored, and dropped for a member that is not ready. */
export interface VolatilePush<Data extends z.ZodType = z.ZodType> {
  kind: 'volatile'
  data: Data
}

export type PushContract = StreamPush | VolatilePush

/** A call with its acknowledgement. A `volatile` one is sent once, without waiting for an answer. */
export interface CallContract {
  input: z.ZodType
  output: z.ZodType
  volatile?: boolean
}

export interface ChannelContract {
  /** The part of an event's name before the colon and of a room's key before the slash. */
  name: string
  /** Which room names can exist at all; any other is answered with `not-found`. */
  room: z.ZodType<string>
  /** What a new member of a room gets, and what its pushes change. */
  state: z.ZodType
  /** By name, in the past tense: `posted`. */
  pushes: Record<string, PushContract>
  /** By name, a verb: `post`. */
  calls: Record<string, CallContract>
}

/** Declares a push that is numbered and logged in the transaction that publishes it. */
export function stream<Data extends z.ZodType>(data: Data): StreamPush<Data> {
  return { kind: 'stream', data }
}

/** Declares a push that is never stored. */
export function volatile<Data extends z.ZodType>(data: Data): VolatilePush<Data> {
  return { kind: 'volatile', data }
}

const reserved = new Set(['join', 'leave', 'push'])

/**
 * Declares what may cross the wire for one channel, for both sides.
 * Throws when a call has the name of one of the wire's own events (`join`, `leave`, `push`).
 */
export function defineChannel<const Contract extends ChannelContract>(contract: Contract): Contract {
  for (const call of Object.keys(contract.calls)) {
    if (reserved.has(call)) throw new Error(`Channel ${contract.name}: the call name "${call}" is the wire's own.`)
  }
  return contract
}

export type StateOf<C extends ChannelContract> = z.output<C['state']>
export type PushName<C extends ChannelContract> = keyof C['pushes'] & string
export type PushData<C extends ChannelContract, P extends PushName<C>> = z.output<C['pushes'][P]['data']>
export type CallName<C extends ChannelContract> = keyof C['calls'] & string
export type CallInput<C extends ChannelContract, N extends CallName<C>> = z.input<C['calls'][N]['input']>
export type ParsedInput<C extends ChannelContract, N extends CallName<C>> = z.output<C['calls'][N]['input']>
export type CallOutput<C extends ChannelContract, N extends CallName<C>> = z.output<C['calls'][N]['output']>

/** `chat/general`: how the log and the server's tables name a room. */
export function roomKey(channel: Pick<ChannelContract, 'name'>, room: string): string {
  return `${channel.name}/${room}`
}
