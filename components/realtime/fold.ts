import type { CallName, CallOutput, ChannelContract, PushData, StateOf, StreamName } from '#channels/contract'
import type { Pushed } from '#channels/wire'

/**
 * How a feature's state changes: one pure, idempotent reducer per stream push, and one for each call
 * whose output belongs in the state too (an older page of history, one's own change before its push).
 */
export interface Fold<C extends ChannelContract> {
  pushes: { [P in StreamName<C>]: (state: StateOf<C>, data: PushData<C, P>) => StateOf<C> }
  outputs?: { [N in CallName<C>]?: (state: StateOf<C>, output: CallOutput<C, N>) => StateOf<C> }
}

/** A push as its contract says. Throws a ZodError when it is not: the page is older than the server. */
export function parsePush(channel: ChannelContract, pushed: Pushed): Pushed {
  const contract = channel.pushes[pushed.push]
  // A latest push without data is the word that there is no value any more.
  if (!contract || (contract.kind === 'latest' && pushed.data === undefined)) return pushed
  return { ...pushed, data: contract.data.parse(pushed.data) }
}

/** `data` is parsed. A push this page does not know changes nothing. */
export function applyPush<C extends ChannelContract>(
  fold: Fold<C>,
  state: StateOf<C>,
  { push, data }: Pushed,
): StateOf<C> {
  const reducers = fold.pushes as Record<string, ((state: StateOf<C>, data: unknown) => StateOf<C>) | undefined>
  return reducers[push]?.(state, data) ?? state
}

export function applyOutput<C extends ChannelContract, N extends CallName<C>>(
  fold: Fold<C>,
  state: StateOf<C>,
  name: N,
  output: CallOutput<C, N>,
): StateOf<C> {
  return fold.outputs?.[name]?.(state, output) ?? state
}

/** Throws a ZodError, as for a push. */
export function parseState<C extends ChannelContract>(channel: C, state: unknown): StateOf<C> {
  return channel.state.parse(state) as StateOf<C>
}
