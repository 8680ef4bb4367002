import type { JobDetail, JobLine, JobRoomState, jobChannel } from '#channels/job'
import type { Fold } from '#components/realtime/fold'

export const jobFold: Fold<typeof jobChannel> = {
  pushes: {
    changed: put,
    said: (state, line) => addLines(state, [line]),
    // Its page says so by itself.
    removed: (state) => state,
  },
  outputs: { lines: (state, { lines }) => addLines(state, lines) },
}

/** The newest version. */
function put(state: JobRoomState, job: JobDetail): JobRoomState {
  return job.version > state.job.version ? { ...state, job } : state
}

/** Each once, in the order of their numbers. */
function addLines(state: JobRoomState, more: JobLine[]): JobRoomState {
  const known = new Set(state.lines.map(({ number }) => number))
  const added = more.filter(({ number }) => !known.has(number))
  if (added.length === 0) return state
  return { ...state, lines: [...state.lines, ...added].sort((one, other) => one.number - other.number) }
}
