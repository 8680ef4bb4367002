import { useCallback, useMemo, useState } from 'react'
import { type JobRoomState, jobChannel } from '#channels/job'
import type { FirstPaint } from '#channels/wire'
import { useChannel } from '#components/realtime/use-channel'
import type { JobActs } from './job-actions'
import { jobFold } from './job-fold'
import type { AskProblems } from './use-problems.ts'

/** One job with its log, as both are now; what one can do with it; and whether it has been removed. */
export function useJob(id: string, initial: FirstPaint<JobRoomState>) {
  const [removed, setRemoved] = useState(false)
  const onPush = { removed: () => setRemoved(true) }
  const { state, latest, status, room } = useChannel(jobChannel, id, { initial, fold: jobFold, onPush })
  const acts = useMemo<JobActs>(
    () => ({
      cancel: async () => room?.call('cancel', {}),
      retry: async ({ attempt }) => room?.call('retry', { attempt }),
      remove: async () => room?.call('remove', {}),
    }),
    [room],
  )
  const askProblems = useMemo<AskProblems | undefined>(
    () => room && ((after) => room.call('problems', { after })),
    [room],
  )
  const first = state.lines[0]?.number ?? 1
  return {
    ...state,
    progress: latest.progressed[id],
    status,
    acts,
    removed,
    askProblems,
    earlier: first > 1,
    readEarlier: useCallback(async () => void (await room?.call('lines', { before: first })), [room, first]),
  }
}
