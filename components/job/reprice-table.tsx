import type { PriceChange, RepriceResult } from '#channels/job-result'
import { figure, money } from '#components/ui/figures.ts'
import { Panel } from '#components/ui/panel'
import { Figures } from './figures'

/** The prices that were changed, those changed most first, each with why. */
export function RepriceTable({ result: { products, raised, lowered, largest } }: { result: RepriceResult }) {
  return (
    <Panel title="Result" about="Orders that were placed before keep the price they were placed at.">
      <div className="grid gap-5">
        <Figures
          figures={[
            ['Products', figure(products)],
            ['Raised', figure(raised)],
            ['Lowered', figure(lowered)],
            ['As before', figure(products - raised - lowered)],
          ]}
        />
        {largest.length > 0 && (
          <div className="grid gap-1">
            <h3 className="font-medium">Largest changes</h3>
            <ul className="divide-y divide-line text-sm">
              {largest.map((change) => (
                <li key={change.sku} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1.5">
                  <span className="min-w-0 flex-1 basis-56">
                    {change.name} <span className="font-mono text-xs text-ink-3">{change.sku}</span>
                    <span className="block text-xs text-ink-3">{why(change)}</span>
                  </span>
                  <span className="whitespace-nowrap tabular-nums">
                    {money(change.before)} → <b className="font-medium">{money(change.after)}</b>
                  </span>
                  <span className="w-16 text-right whitespace-nowrap text-ink-2 tabular-nums">{share(change)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Panel>
  )
}

function share({ before, after }: PriceChange): string {
  const percent = ((after - before) / before) * 100
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(1)} %`
}

function why({ demand, cover }: PriceChange): string {
  const ordered =
    demand === null
      ? 'not ordered the month before'
      : `ordered ${Math.abs(Math.round(demand))} % ${demand < 0 ? 'less' : 'more'} than the month before`
  const stock = cover === null ? 'not ordered this month' : `stock for ${figure(Math.round(cover))} days`
  return `${stock[0]?.toUpperCase()}${stock.slice(1)}, ${ordered}.`
}
