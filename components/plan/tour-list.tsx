import { ChevronRight } from 'lucide-react'
import type { OrderPlan, Tour } from '#channels/plan'
import { vans } from '#channels/plan'
import { figure, money } from '#components/ui/figures.ts'
import { inHours, inKilograms, inKilometres, loadWords, vanWords } from './plan-words'

/** Every tour, its stops in the order of the drive, and what is unloaded where. */
export function TourList({ plan: { tours, sites } }: { plan: OrderPlan }) {
  const names = new Map(sites.map(({ id, name }) => [id, name]))
  const nameOf = (siteId: string) => names.get(siteId) ?? 'a former site'
  return (
    <ol aria-label="Tours" className="grid min-w-0 gap-px overflow-hidden rounded-md border border-line bg-line">
      {tours.map((tour, nth) => (
        <li key={tourKey(tour, nth)} className="min-w-0 bg-panel px-3 py-2.5">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <h3 className="text-md font-medium tabular-nums">
              Tour {nth + 1}: {tour.stops.map(({ siteId }) => nameOf(siteId)).join(', ')}
            </h3>
            <p className="ml-auto text-md font-medium tabular-nums">{money(tour.cents)}</p>
          </div>
          <p className="text-sm text-ink-2 tabular-nums">
            {vanWords[tour.van]}, {inKilograms(tour.grams)} of {inKilograms(vans[tour.van].carries)} ·{' '}
            {inKilometres(tour.km)} · {inHours(tour.minutes)}
          </p>
          <details className="group mt-1 text-sm">
            <summary className="target inline-flex items-center gap-1 text-ink-3 hover:text-ink">
              <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
              What it brings: {loadWords(tour)}
            </summary>
            <Stops tour={tour} nameOf={nameOf} />
          </details>
        </li>
      ))}
    </ol>
  )
}

function Stops({ tour, nameOf }: { tour: Tour; nameOf: (siteId: string) => string }) {
  const last = tour.stops.at(-1)
  return (
    <div className="grid gap-2 pt-1.5 pb-1 pl-5">
      {tour.stops.length > 1 && last && (
        <p className="text-ink-2">
          Load in this order:{' '}
          {tour.stops
            .toReversed()
            .map(({ siteId }) => nameOf(siteId))
            .join(', then ')}
          . What comes off first goes in last.
        </p>
      )}
      <ol className="grid gap-2">
        {tour.stops.map(({ siteId, km, loads }, nth) => (
          <li key={siteId}>
            <p className="tabular-nums">
              Stop {nth + 1}: {nameOf(siteId)}, after {inKilometres(km)}
            </p>
            <ul className="text-ink-2 tabular-nums">
              {loads.map(({ line, product, pieces, grams }) => (
                <li key={line} className="wrap-anywhere">
                  {figure(pieces)} × {product}{' '}
                  <span className="text-ink-3">
                    (line {line}, {inKilograms(grams)})
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** A plan is replaced as a whole; within it a tour is what it is by its place and its way. */
function tourKey({ stops }: Tour, nth: number): string {
  return `${nth} ${stops.map(({ siteId }) => siteId).join(' ')}`
}
