import { type Job, type JobProgress, type JobState, type JobVisibility, jobUnits } from '#channels/job'
import type { Role, UserRef } from '#channels/user'
import { figure } from '#components/ui/figures.ts'
import type { Tone } from '#components/ui/tone-mark'

export type Me = UserRef & { role: Role }

const states: Record<JobState, { label: string; tone: Tone }> = {
  waiting: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Running', tone: 'ok' },
  done: { label: 'Done', tone: 'ok' },
  failed: { label: 'Failed', tone: 'danger' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
}

/** Who is to see it, to choose from. */
export const visibilities: { value: JobVisibility; label: string }[] = [
  { value: 'own', label: 'You and admins' },
  { value: 'everyone', label: 'Everyone' },
]

export function stateOf({ state, cancelling, failure }: Pick<Job, 'state' | 'cancelling' | 'failure'>): {
  label: string
  tone: Tone
} {
  if (cancelling) return { label: 'Stopping', tone: 'warn' }
  return state === 'running' && failure !== null ? { label: 'Taking back', tone: 'warn' } : states[state]
}

export function isActive({ state }: Pick<Job, 'state'>): boolean {
  return state === 'waiting' || state === 'running'
}

/** Only its owner and admins have a say in it. */
export function hasSay(me: Me, { owner }: Pick<Job, 'owner'>): boolean {
  return me.role === 'admin' || me.id === owner.id
}

/** How far it is: by what was told last of this very run, else by its last step. */
export function howFar(job: Job, told: JobProgress | undefined): Pick<JobProgress, 'done' | 'total' | 'rate' | 'at'> {
  if (told && job.state === 'running' && !job.cancelling && told.attempt === job.attempt) return told
  return { done: job.done, total: job.total, rate: null, at: 0 }
}

/** "1,200 of 5,000 orders". */
export function farInWords({ kind }: Pick<Job, 'kind'>, { done, total }: Pick<JobProgress, 'done' | 'total'>): string {
  const { one, many } = jobUnits[kind]
  if (total === null) return `${figure(done)} ${done === 1 ? one : many}`
  return `${figure(done)} of ${figure(total)} ${total === 1 ? one : many}`
}

/** Milliseconds, to the second below a minute and to the minute above an hour. */
export function lengthInWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3_600)} h ${Math.floor(seconds / 60) % 60} min`
}

/** Powers of 1,024. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`
  return bytes < 1_048_576 ? `${figure(Math.ceil(bytes / 1_024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`
}
