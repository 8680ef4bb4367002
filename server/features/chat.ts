import { chat } from '#channels/chat'
import { requireChatRoom } from '#server/models/chat-room'
import { postMessage, readMessages } from '#server/models/message'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'

export const serveChat = serve(chat, {
  authorize: async ({ room }) => {
    await requireChatRoom(room)
  },
  state: ({ room }) => readMessages(room),
  calls: {
    post: ({ session, room }, input) => postMessage(session.user, room, input),
    history: ({ room }, { before }) => readMessages(room, before),
    typing: async ({ session, room }) => {
      const { id, name } = session.user
      await publish(chat, room, 'typing', { user: { id, name } })
      return {}
    },
  },
})
