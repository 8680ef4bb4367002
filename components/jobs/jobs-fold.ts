import type { Job } from '#channels/job'
import type { JobsState, jobs } from '#channels/jobs'
import type { Fold } from '#components/realtime/fold'

export const jobsFold: Fold<typeof jobs> = {
  pushes: {
    changed: (state, job) => (isBeyond(state, job) ? state : put(state, [job])),
    removed: (state, { id }) => ({ ...state, jobs: state.jobs.filter((one) => one.id !== id) }),
  },
  outputs: { page: (state, page) => ({ ...put(state, page.jobs), more: page.more }) },
}

/**
 * Whether it stands further down than the list has been read, where it comes with its page: the next one begins after
 * the last that is shown, and would leave out what is between the two.
 */
function isBeyond({ jobs, more }: JobsState, job: Job): boolean {
  const last = jobs.at(-1)
  return more && last !== undefined && last.id !== job.id && newestFirst(last, job) < 0
}

/** The newest version of each, newest job first. */
function put(state: JobsState, jobs: Job[]): JobsState {
  const known = new Map(state.jobs.map((job) => [job.id, job]))
  const newer = jobs.filter(({ id, version }) => version > (known.get(id)?.version ?? -1))
  if (newer.length === 0) return state
  for (const job of newer) known.set(job.id, job)
  return { ...state, jobs: [...known.values()].sort(newestFirst) }
}

function newestFirst(one: Job, other: Job): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1)
}
