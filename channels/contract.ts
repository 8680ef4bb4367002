import type { z } from 'zod'
import { type Id, type IdsOnly, isIdsOnly } from './id'

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

/** A push of which only the newest value per key counts: a slow member skips the values in between. */
export interface LatestPush<Data extends z.ZodType = z.ZodType, Key extends string = string> {
  kind: 'latest'
  data: Data
  key(data: z.output<Data>): Key
}

export type PushContract = StreamPush | VolatilePush | LatestPush

/**
 * How often one session may make a call: `burst` at once, and `perSecond` in the long run
 * (a token bucket: Turner, "New Directions in Communications", 1986).
 */
export interface CallLimit {
  burst: number
  perSecond: number
}

/**
 * A call with its acknowledgement. A `volatile` one is sent once, without waiting for an answer: what is over its
 * limit is dropped without a word, and who keeps on is cut off, so its screen must keep to the limit by itself.
 */
export interface CallContract {
  input: z.ZodType
  output: z.ZodType
  volatile?: boolean
  /** By default what the settings `CALL_BURST` and `CALLS_PER_SECOND` say. */
  limit?: CallLimit
}

/** How much of a room's log is kept for those who return: nothing older than `days`, and `pushes` at most. */
export interface Retention {
  days: number
  pushes: number
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
  /** By default what the settings `LOG_DAYS` and `LOG_PUSHES` say. */
  retention?: Retention
  /**
   * How many times a second at most the newest values of a room (the part of its key after the slash) leave for its
   * members, from 1 to 50; 10 where it is not said.
   */
  pace?(room: string): number
  /**
   * Its pushes carry ids alone, and the screen fetches by a call: that asks again who may see it, and nothing
   * worth reading lies in the log or on the line to one who is no longer allowed.
   */
  confidential?: true
}

/** What the type of a confidential channel must be beside that of any other. */
type Confidentiality<C extends ChannelContract> = C extends { confidential: true }
  ? { pushes: Record<string, StreamPush<IdsOnly> | VolatilePush<IdsOnly> | LatestPush<IdsOnly, Id>> }
  : unknown

/** Declares a push that is numbered and logged in the transaction that publishes it. */
export function stream<Data extends z.ZodType>(data: Data): StreamPush<Data> {
  return { kind: 'stream', data }
}

/** Declares a push that is never stored. */
export function volatile<Data extends z.ZodType>(data: Data): VolatilePush<Data> {
  return { kind: 'volatile', data }
}

/** Declares a push of which members hold the newest value per `key`. */
export function latest<Data extends z.ZodType, Key extends string>(
  data: Data,
  key: (data: z.output<Data>) => Key,
): LatestPush<Data, Key> {
  return { kind: 'latest', data, key }
}

const reserved = new Set(['join', 'leave', 'left', 'push'])

/**
 * Declares what may cross the wire for one channel, for both sides.
 * Throws when a call has the name of one of the wire's own events (`join`, `leave`, `left`, `push`), and when a
 * push of a confidential channel could carry anything but ids (channels/id.ts), which does not compile either.
 */
export function defineChannel<const Contract extends ChannelContract>(
  contract: Contract & Confidentiality<Contract>,
): Contract {
  const { name, calls, pushes, confidential }: ChannelContract = contract
  for (const call of Object.keys(calls)) {
    if (reserved.has(call)) throw new Error(`Channel ${name}: the call name "${call}" is the wire's own.`)
  }
  for (const [push, { data }] of Object.entries(pushes)) {
    if (confidential && !isIdsOnly(data)) {
      throw new Error(`Channel ${name} is confidential: its push "${push}" may carry an object of ids alone.`)
    }
  }
  return contract
}

export type StateOf<C extends ChannelContract> = z.output<C['state']>
export type PushName<C extends ChannelContract> = keyof C['pushes'] & string
export type StreamName<C extends ChannelContract> = NameOfKind<C, 'stream'>
export type LatestName<C extends ChannelContract> = NameOfKind<C, 'latest'>
type NameOfKind<C extends ChannelContract, Kind extends PushContract['kind']> = {
  [P in PushName<C>]: C['pushes'][P]['kind'] extends Kind ? P : never
}[PushName<C>]
export type PushData<C extends ChannelContract, P extends PushName<C>> = z.output<C['pushes'][P]['data']>
export type CallName<C extends ChannelContract> = keyof C['calls'] & string
export type CallInput<C extends ChannelContract, N extends CallName<C>> = z.input<C['calls'][N]['input']>
export type ParsedInput<C extends ChannelContract, N extends CallName<C>> = z.output<C['calls'][N]['input']>
export type CallOutput<C extends ChannelContract, N extends CallName<C>> = z.output<C['calls'][N]['output']>

/** `chat/general`: how the log and the server's tables name a room. */
export function roomKey(channel: Pick<ChannelContract, 'name'>, room: string): string {
  return `${channel.name}/${room}`
}
