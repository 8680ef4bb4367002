import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream } from './contract'
import { job, jobAnswer, jobProgress, jobVisibility } from './job'

/** How many jobs a state holds, and a call gives at most. */
export const jobsPerPage = 20

/** How many jobs of one person may wait or run at the same time. */
export const mostActiveJobs = 5

/** By how much a price may change at most, in percent of what it is. */
export const repriceInput = z.object({
  most: z.int('Choose a whole number.').min(1, 'At least 1 %.').max(30, 'At most 30 %.'),
})
export const reportInput = z.object({})

/** Chosen by who starts a job, before it is sent: asked for again after an answer that was lost, it is the same job. */
export const newJobId = z.uuid().toLowerCase()
const wanted = z.object({ id: newJobId, visibility: jobVisibility })

/** What can be started with a press; an import begins with its upload. */
export const newJob = z.discriminatedUnion('kind', [
  wanted.extend({ kind: z.literal('report'), input: reportInput }),
  wanted.extend({ kind: z.literal('reprice'), input: repriceInput }),
])
export type NewJob = z.input<typeof newJob>

type WithoutId<One> = One extends NewJob ? Omit<One, 'id'> : never
/** A job that nobody has asked for yet. */
export type JobWish = WithoutId<NewJob>

/** `everyone` holds the jobs that everyone may see, `person-<id>` those of one person, and `all`, for admins, every one. */
export const jobsRoom = z.union([z.enum(['everyone', 'all']), z.templateLiteral(['person-', z.uuid()])])
export type JobsRoom = z.infer<typeof jobsRoom>

export const jobsOf = (userId: string): JobsRoom => jobsRoom.parse(`person-${userId}`)

/** After which job the next page begins. */
const place = job.pick({ createdAt: true, id: true })
const page = z.object({ jobs: z.array(job), more: z.boolean() })
const one = z.object({ id: z.uuid().toLowerCase() })

/**
 * Lists of jobs, newest first. Another person's room is `forbidden`. `page` gives what follows a job of the list, or
 * with null its beginning; `more` says whether anything follows. `start` answers with the new job, or with the one that
 * the person has started under this id before: `forbidden` where the kind is for admins, `conflict` when five of the
 * person's are active, one that goes alone is, or the id is another job's. The other verbs are as in channels/job.ts.
 */
export const jobs = defineChannel({
  name: 'jobs',
  room: jobsRoom,
  state: page,
  pushes: {
    changed: stream(job),
    removed: stream(one),
    progressed: latest(jobProgress, ({ id }) => id),
  },
  calls: {
    start: { input: newJob, output: jobAnswer },
    page: { input: z.object({ after: place.nullable() }), output: page },
    cancel: { input: one, output: jobAnswer },
    retry: { input: one.extend({ attempt: job.shape.attempt }), output: jobAnswer },
    remove: { input: one, output: jobAnswer },
  },
})
export type JobsState = StateOf<typeof jobs>
