import { type GenericMessage, messages, type Subscription } from '#channels/message'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'

/** Every message is whole, so the last one is all there is to know. */
export const messageFold: Fold<typeof messages> = { pushes: { sent: (_, message) => ({ message }) } }

interface Options {
  initial: Subscription
  /**
   * Run for every message that arrives, on each screen that shows it: to refresh or to tell the person, never to
   * change data on their behalf, which would then be changed once per screen.
   */
  onReceive?: (message: GenericMessage) => void
}

/**
 * Shows a subscription: its message, null before anything was sent, is replaced as often as one is sent. Use its
 * values, or let `onReceive` fetch what they name.
 */
export function useMessage(subscriptionId: string, { initial, onReceive }: Options) {
  const { state, status, refusal } = useChannel(messages, subscriptionId, {
    initial,
    fold: messageFold,
    onPush: { sent: onReceive },
  })
  return { message: state.message, status, refusal }
}
