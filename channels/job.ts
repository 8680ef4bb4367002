import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream } from './contract'
import { problemPage, problemPlace } from './order-import'
import { userRef } from './user'

/** Milliseconds since 1970, server time. */
const moment = z.int().min(0).max(8.64e15)
const count = z.int().nonnegative()

export const jobKind = z.enum(['import', 'report', 'reprice'])
export type JobKind = z.infer<typeof jobKind>

/** What a job of a kind counts. */
export const jobUnits: Record<JobKind, { one: string; many: string }> = {
  import: { one: 'row', many: 'rows' },
  report: { one: 'order', many: 'orders' },
  reprice: { one: 'product', many: 'products' },
}

export const jobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof jobState>

/** Who sees it: its owner and admins, or everyone. */
export const jobVisibility = z.enum(['own', 'everyone'])
export type JobVisibility = z.infer<typeof jobVisibility>

/**
 * A job as lists show it. `done` of `total` is counted in units of its kind, as of its last step; how far it is just
 * now comes by `progressed`. `attempt` counts how often it was begun anew. `cancelling` says that it is to stop, and
 * has not yet. `version` counts its changes.
 */
export const job = z.object({
  id: z.uuid(),
  kind: jobKind,
  title: z.string(),
  state: jobState,
  visibility: jobVisibility,
  owner: userRef,
  done: count,
  total: count.nullable(),
  /** Why it failed, for people. */
  failure: z.string().nullable(),
  attempt: count,
  cancelling: z.boolean(),
  version: count,
  createdAt: moment,
  startedAt: moment.nullable(),
  endedAt: moment.nullable(),
})
export type Job = z.infer<typeof job>

/** How far a running job is at the moment `at`; `rate` is units a second, null until it can be told. */
export const jobProgress = z.object({
  id: z.uuid(),
  attempt: count,
  done: count,
  total: count.nullable(),
  rate: z.number().nonnegative().nullable(),
  at: moment,
})
export type JobProgress = z.infer<typeof jobProgress>

export const jobLineLevel = z.enum(['info', 'warning', 'error'])

/** One line of a job's log; numbered 1, 2, 3 … within the job. */
export const jobLine = z.object({ number: z.int().positive(), at: moment, level: jobLineLevel, text: z.string() })
export type JobLine = z.infer<typeof jobLine>

/** What it has made, to be downloaded from `/jobs/<job>/files/<id>`. */
export const jobFile = z.object({ id: z.uuid(), name: z.string(), type: z.string(), bytes: count })
export type JobFile = z.infer<typeof jobFile>

/** A job as its page shows it: `result` is as its kind says. */
export const jobDetail = job.extend({ result: z.json().nullable(), files: z.array(jobFile) })
export type JobDetail = z.infer<typeof jobDetail>

/** How many lines of a log a state holds, and a call gives at most. */
export const linesPerPage = 100

/** What the verbs are answered with. */
export const jobAnswer = z.object({ id: z.uuid() })

/**
 * One job, in a room named by its id; one that a person may not see is `not-found`. State: the job, and the newest
 * lines of its log, oldest first; `lines` gives those before a number. `problems` gives a page of what is wrong with an
 * imported file, in its order, after a place or from the start.
 *
 * `cancel` stops it wherever it runs, and answers the same when it has been; what has ended otherwise is a `conflict`.
 * `retry` begins a failed or cancelled one anew after the attempt that one has seen end so; after one before that it
 * changes nothing, because it has been begun again since. `remove` deletes one that has ended, with its log and files.
 * They are for its owner and admins, else `forbidden`.
 */
export const jobChannel = defineChannel({
  name: 'job',
  room: z.uuid().lowercase(),
  state: z.object({ job: jobDetail, lines: z.array(jobLine) }),
  pushes: {
    changed: stream(jobDetail),
    said: stream(jobLine),
    removed: stream(jobAnswer),
    progressed: latest(jobProgress, ({ id }) => id),
  },
  calls: {
    lines: { input: z.object({ before: z.int().positive() }), output: z.object({ lines: z.array(jobLine) }) },
    problems: { input: z.object({ after: problemPlace.nullable() }), output: problemPage },
    cancel: { input: z.object({}), output: jobAnswer },
    retry: { input: job.pick({ attempt: true }), output: jobAnswer },
    remove: { input: z.object({}), output: jobAnswer },
  },
})
export type JobRoomState = StateOf<typeof jobChannel>
