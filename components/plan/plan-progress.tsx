import type { Progress, Running } from '#channels/plan'
import type { Person } from '#channels/wire'
import { money } from '#components/ui/figures.ts'
import { LocalTime } from '#components/ui/local-time'
import { Spinner } from '#components/ui/spinner'
import { mayCancel } from './plan-actions'
import { effortWords, inKilometres } from './plan-words'

interface PlanProgressProps {
  running: Running
  me: Person
  /** Not there before the first word of the node that calculates. */
  progress: Progress | undefined
  stale: boolean
}

/** Who calculates, since when and how far, in a place that keeps its size. */
export function PlanProgress({ running, me, progress, stale }: PlanProgressProps) {
  const { by, since } = running
  const percent = progress && progress.total > 0 ? Math.floor((100 * progress.done) / progress.total) : 0
  const best = progress?.best
  return (
    <div className="grid animate-appear gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
      <p className="flex items-center gap-2 text-sm font-medium">
        {!stale && <Spinner className="shrink-0 text-accent" />}
        <span className="min-w-0">
          {by.id === me.id ? 'You have' : `${by.name} has`} been calculating since <LocalTime at={since} />.
        </span>
        <span className="ml-auto shrink-0 text-ink-3 tabular-nums">{percent} %</span>
      </p>
      <div
        role="progressbar"
        aria-label="Calculation of the delivery plan"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-150 motion-reduce:transition-none"
          style={{ width: `${percent}%` }}
        />
      </div>
      <p className="min-h-10 text-sm text-ink-2 tabular-nums wide:min-h-5">
        {!progress && 'Beginning.'}
        {progress?.waiting && 'Waiting: the server is calculating other plans.'}
        {progress && !progress.waiting && !best && `${effortWords[progress.effort]}: beginning.`}
        {progress && best && (
          <>
            {effortWords[progress.effort]}. Best so far: {money(best.cents)}, {best.tours}{' '}
            {best.tours === 1 ? 'tour' : 'tours'}, {inKilometres(best.km)}.
          </>
        )}
        {!mayCancel(running, me) && ` ${by.name} or an admin can cancel it.`}
      </p>
    </div>
  )
}
