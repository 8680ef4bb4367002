import type { OrderPlan } from '#channels/plan'
import { figure, money } from '#components/ui/figures.ts'
import { LocalTime } from '#components/ui/local-time'
import { effortWords, inKilometres, inSeconds } from './plan-words'
import { TourList } from './tour-list'
import { TourMap } from './tour-map'

/** The plan: what it comes to, a map, and every tour with what it brings where. */
export function PlanResult({ plan }: { plan: OrderPlan }) {
  const { cents, km, tours, startCents, boundCents, by, at, effort, attempts, took } = plan
  const saved = Math.max(0, startCents - cents)
  const share = startCents > 0 ? Math.round((100 * saved) / startCents) : 0
  const figures = [
    { name: 'Cost', value: money(cents), note: `at least ${money(boundCents)} in any plan` },
    { name: 'Tours', value: figure(tours.length), note: `${inKilometres(km)} in all` },
    {
      name: 'Saved by the search',
      value: money(saved),
      note: saved === 0 ? 'the first plan was as good' : `${share} % of the first plan`,
    },
  ]
  return (
    <div className="grid min-w-0 gap-4">
      <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-md border border-line bg-line wide:grid-cols-3">
        {figures.map(({ name, value, note }) => (
          <div key={name} className="grid content-start gap-0.5 bg-panel px-3 py-2.5">
            <dt className="text-sm text-ink-3">{name}</dt>
            <dd className="text-xl font-semibold tracking-tight tabular-nums">{value}</dd>
            <dd className="text-xs text-ink-3 tabular-nums">{note}</dd>
          </div>
        ))}
      </dl>
      <TourMap plan={plan} />
      <TourList plan={plan} />
      <p className="text-xs text-ink-3 tabular-nums">
        Calculated by {by?.name ?? 'someone who has left'}, <LocalTime at={at} form="datetime" />. {effortWords[effort]}
        : {figure(attempts)} {attempts === 1 ? 'change' : 'changes'} tried in {inSeconds(took)}.
      </p>
    </div>
  )
}
