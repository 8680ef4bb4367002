import { jobs, jobsRoom } from '#channels/jobs'
import { startJob } from '#server/models/job'
import { cancelJob, removeJob, retryJob } from '#server/models/job-act'
import { readJobs, requireList } from '#server/models/job-list'
import { serve } from '#server/realtime/serve'

export const serveJobs = serve(jobs, {
  authorize: ({ session: { user }, room }) => requireList(user, room),
  state: ({ room }) => readJobs(jobsRoom.parse(room)),
  calls: {
    start: ({ session: { user } }, input) => startJob(user, input),
    page: ({ room }, { after }) => readJobs(jobsRoom.parse(room), after),
    cancel: ({ session: { user } }, { id }) => cancelJob(user, id),
    retry: ({ session: { user } }, again) => retryJob(user, again),
    remove: ({ session: { user } }, { id }) => removeJob(user, id),
  },
})
