import { sessions } from '#channels/session'
import {
  endAllSessions,
  endOneSession,
  endOtherSessions,
  readSessions,
  requireSight,
} from '#server/models/session-list'
import { answerRequest } from '#server/models/sign-in-request'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

/** Who has which tab open comes from the registry (server/realtime/session-tabs.ts). */
export const serveSession = serve(sessions, {
  authorize: ({ session, room }) => requireSight(session.user, room),
  state: ({ room }) => readSessions(room),
  calls: {
    end: async ({ session, room }, { id }) => {
      await endOneSession(session, room, id)
      return {}
    },
    endOthers: async ({ session, room }) => {
      await endOtherSessions(session, room)
      return {}
    },
    endAll: async ({ session, room }) => {
      await endAllSessions(session, room)
      return {}
    },
    answer: async ({ session, room }, { id, answer }) => {
      if (room !== session.user.id) refuse('forbidden', 'Only the person themself answers.')
      await answerRequest(session.user, id, answer)
      return {}
    },
  },
})
