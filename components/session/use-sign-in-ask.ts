import { type SessionPaint, type SignInAnswer, type SignInAsk, sessions } from '#channels/session'
import { useChannel } from '#components/realtime/use-channel'
import { useServerNow } from '#components/realtime/use-server-now'
import { sessionFold } from './use-session'

interface AskedNow {
  /** The one that has waited longest; undefined when nobody waits. */
  ask: SignInAsk | undefined
  /** Whole seconds until it is let in; undefined until the server has said what time it is. */
  seconds: number | undefined
  /** How many wait beside it. */
  others: number
  answer(answer: SignInAnswer): Promise<void>
}

/** The sign-ins that wait for this person's answer, by the server's clock. */
export function useSignInAsk(userId: string, initial: SessionPaint): AskedNow {
  const { room, state } = useChannel(sessions, userId, { initial, fold: sessionFold })
  const now = useServerNow(state.asks.length > 0, 250)
  const waiting = state.asks.filter(({ until }) => now === undefined || until > now)
  const [ask] = waiting
  return {
    ask,
    seconds: ask && now !== undefined ? Math.ceil((ask.until - now) / 1_000) : undefined,
    others: Math.max(0, waiting.length - 1),
    answer: async (answer) => void (ask && (await room?.call('answer', { id: ask.id, answer }))),
  }
}
