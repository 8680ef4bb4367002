import { messages } from '#channels/message'
import { readSubscription, requireSubscription } from '#server/models/subscription'
import { serve } from '#server/realtime/serve'

export const serveMessage = serve(messages, {
  authorize: ({ session, room }) => requireSubscription(session.user, room),
  state: ({ room }) => readSubscription(room),
  calls: {},
})
