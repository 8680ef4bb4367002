import { chat } from '#channels/chat'
import { addMember, removeMember } from '#server/models/chat-member'
import { requireChatRoom } from '#server/models/chat-room'
import { postMessage, readChat, readPage } from '#server/models/message'
import { deleteMessage, editMessage } from '#server/models/message-change'
import { react } from '#server/models/message-reaction'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'

export const serveChat = serve(chat, {
  authorize: async ({ session, room }) => {
    await requireChatRoom(session.user, room)
  },
  state: ({ session, room }) => readChat(session.user, room),
  calls: {
    post: ({ session, room }, input) => postMessage(session.user, room, input),
    edit: ({ session, room }, input) => editMessage(session.user, room, input),
    delete: ({ session, room }, input) => deleteMessage(session.user, room, input),
    react: ({ session, room }, input) => react(session.user, room, input),
    page: ({ session, room }, range) => readPage(session.user, room, range),
    add: ({ session, room }, input) => addMember(session.user, room, input),
    remove: ({ session, room }, input) => removeMember(session.user, room, input),
    typing: async ({ session, room }) => {
      const { id, name } = session.user
      await publish(chat, room, 'typing', { user: { id, name } })
      return {}
    },
  },
})
