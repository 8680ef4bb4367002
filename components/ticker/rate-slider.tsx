import { useId } from 'react'
import { type Rate, rates } from '#channels/ticker'

/** How many updates a second one wants. The steps are not even: a step further is about twice as many. */
export function RateSlider({ rate, onChange }: { rate: Rate; onChange: (rate: Rate) => void }) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <label htmlFor={id} className="text-sm font-medium">
          Updates per second
        </label>
        <span aria-hidden className="text-sm text-ink-2 tabular-nums">
          {rateWords(rate)}
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={rates.length - 1}
        step={1}
        value={rates.indexOf(rate)}
        aria-valuetext={rateWords(rate)}
        onChange={({ target }) => onChange(rates[target.valueAsNumber] ?? rate)}
        className="target h-6 w-full cursor-pointer accent-accent"
      />
      <div aria-hidden className="flex justify-between text-xs text-ink-3 tabular-nums">
        {rates.map((one) => (
          <span key={one} className={`w-6 text-center ${one === rate ? 'font-semibold text-ink' : ''}`}>
            {one}
          </span>
        ))}
      </div>
    </div>
  )
}

function rateWords(rate: Rate): string {
  return rate === 1 ? '1 update per second' : `${rate} updates per second`
}
