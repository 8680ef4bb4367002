import { notifications } from '#channels/notification'
import { readInbox, readNotifications, readPage } from '#server/models/notification-inbox'
import { markNotifications, sweep } from '#server/models/notification-mark'
import { prefer } from '#server/models/notification-preference'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveNotification = serve(notifications, {
  authorize: ({ session, room }) => {
    if (room !== session.user.id) refuse('not-found', 'There are no such notifications.')
  },
  state: ({ session }) => readInbox(session.user),
  calls: {
    read: ({ session }, input) => readNotifications(session.user, input),
    page: ({ session }, input) => readPage(session.user, input),
    mark: ({ session }, input) => markNotifications(session.user, input),
    sweep: ({ session }, input) => sweep(session.user, input),
    prefer: ({ session }, input) => prefer(session.user, input),
  },
})
