import { useMemo } from 'react'
import type { Job } from '#channels/job'
import { type JobsRoom, type JobsState, jobs, type NewJob } from '#channels/jobs'
import type { FirstPaint } from '#channels/wire'
import { useChannel } from '#components/realtime/use-channel'
import { jobsFold } from './jobs-fold'

/** A list of jobs, newest first, how far those that run are, and what one can do. `onChange` hears each change, once. */
export function useJobs(name: JobsRoom, initial: FirstPaint<JobsState>, onChange?: (job: Job) => void) {
  const onPush = { changed: onChange ?? (() => {}) }
  const { state, latest, status, room } = useChannel(jobs, name, { initial, fold: jobsFold, onPush })
  const last = state.jobs.at(-1)
  const acts = useMemo(
    () => ({
      start: async (job: NewJob) => void (await room?.call('start', job)),
      cancel: async ({ id }: Job) => room?.call('cancel', { id }),
      retry: async ({ id, attempt }: Job) => room?.call('retry', { id, attempt }),
      remove: async ({ id }: Job) => room?.call('remove', { id }),
    }),
    [room],
  )
  const readMore = async () => {
    // Where all that was read has been removed, from the top.
    await room?.call('page', { after: last ? { createdAt: last.createdAt, id: last.id } : null })
  }
  return { ...state, progress: latest.progressed, status, acts, readMore }
}
export type Jobs = ReturnType<typeof useJobs>
