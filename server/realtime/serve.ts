import type { CallName, CallOutput, ChannelContract, ParsedInput, StateOf } from '#channels/contract'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import type { Departure } from './membership'

/** Who asks, and in which room (the part of its key after the slash). */
export interface RoomContext {
  session: LiveSession
  room: string
}

/** The same of one socket, for what two tabs of one session do not share. */
export interface MemberContext extends RoomContext {
  socketId: string
}

interface Handlers<C extends ChannelContract> {
  /** May this session be in this room? Says no by `refuse('forbidden' | 'not-found', ...)`. */
  authorize(context: RoomContext): Promise<void> | void
  /** What a new member gets. Read after the position, so it may already hold pushes yet to come. */
  state(context: RoomContext): Promise<StateOf<C>>
  /** Run when a socket becomes a member, before its join is answered. What it returns is run once it is one no more. */
  enter?(context: MemberContext): (departure: Departure) => void
  /** One per call of the contract, by name. The input is parsed; the output is parsed before it leaves. */
  calls: {
    [N in CallName<C>]: (context: MemberContext, input: ParsedInput<C, N>) => Promise<CallOutput<C, N>>
  }
}

/** A channel with its handlers, as the engine sees it: names and parsed values, no feature. */
export interface Served {
  channel: ChannelContract
  authorize(context: RoomContext): Promise<void>
  state(context: RoomContext): Promise<unknown>
  enter(context: MemberContext): (departure: Departure) => void
  call(name: string, context: MemberContext, input: unknown): Promise<unknown>
}

/**
 * Serves a channel: every value that crosses the wire is parsed by its contract, in both directions,
 * so a handler gets what it is typed for and nothing leaves that the contract does not name.
 * `authorize` answers `not-found` for a room name the contract does not allow; `call` answers `invalid`
 * with the fields for an input it does not.
 */
export function serve<C extends ChannelContract>(channel: C, handlers: Handlers<C>): Served {
  return {
    channel,
    async authorize(context) {
      if (!channel.room.safeParse(context.room).success) refuse('not-found', 'There is no such room.')
      await handlers.authorize(context)
    },
    async state(context) {
      return channel.state.parse(await handlers.state(context))
    },
    enter: (context) => handlers.enter?.(context) ?? (() => {}),
    async call(name, context, input) {
      const contract = channel.calls[name]
      if (!contract) refuse('not-found', `There is no call "${name}".`)
      // The one place where the name of a call, and so the type of its input, is known only at run time.
      const handler = handlers.calls[name as CallName<C>]
      const output = await handler(context, parseInput(contract.input, input) as ParsedInput<C, CallName<C>>)
      return contract.output.parse(output)
    },
  }
}
