import { jobChannel } from '#channels/job'
import { cancelJob, removeJob, retryJob } from '#server/models/job-act'
import { readLines } from '#server/models/job-line'
import { readJob, requireJob } from '#server/models/job-list'
import { readProblems } from '#server/models/job-problem'
import { serve } from '#server/realtime/serve'

export const serveJob = serve(jobChannel, {
  authorize: ({ session: { user }, room }) => requireJob(user, room),
  state: ({ room }) => readJob(room),
  calls: {
    lines: async ({ session: { user }, room }, { before }) => {
      await requireJob(user, room)
      return { lines: await readLines(room, before) }
    },
    problems: ({ session, room }, { after }) => readProblems(session.user, room, after),
    cancel: ({ session: { user }, room }) => cancelJob(user, room),
    retry: ({ session: { user }, room }, { attempt }) => retryJob(user, { id: room, attempt }),
    remove: ({ session: { user }, room }) => removeJob(user, room),
  },
})
