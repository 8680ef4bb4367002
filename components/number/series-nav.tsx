import { byTitle, type Series } from '#channels/number'
import { Link } from '#components/ui/link'
import { addressOf } from './numbers-address'

/** Which series is shown stands in the address, so that it can be kept, sent and gone back to. */
export function SeriesNav({ all, chosen }: { all: Series[]; chosen: string }) {
  return (
    <nav aria-label="Series" className="min-w-0">
      <ul className="inline-flex max-w-full flex-wrap gap-0.5 rounded-md border border-line bg-sunken p-0.5">
        {all.toSorted(byTitle).map(({ key, title }) => (
          <li key={key} className="min-w-0">
            <Link
              href={addressOf(key)}
              scroll={false}
              aria-current={key === chosen ? 'page' : undefined}
              className="target inline-flex h-7 max-w-full items-center justify-center rounded-sm border border-transparent px-3 text-sm text-ink-2 hover:text-ink aria-[current]:border-line-strong aria-[current]:bg-panel aria-[current]:font-medium aria-[current]:text-ink"
            >
              <span className="truncate">{title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
