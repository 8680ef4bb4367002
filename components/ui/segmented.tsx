import type { ReactNode } from 'react'

export interface SegmentedProps<Value extends string> {
  /** The question; `hidden` keeps it for screen readers where a heading asks it already. */
  legend: string
  hideLegend?: boolean
  name: string
  options: readonly { value: Value; label: ReactNode }[]
  /** Without `onValueChange` it is an ordinary group of radio buttons in a form. */
  value?: Value
  defaultValue?: Value
  disabled?: boolean
  onValueChange?: (value: Value) => void
}

export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { legend, hideLegend, name, options, value, defaultValue, disabled, onValueChange } = props
  return (
    <fieldset disabled={disabled} className="grid min-w-0 gap-1.5 disabled:opacity-50">
      <legend className={hideLegend ? 'sr-only' : 'mb-1.5 text-sm font-medium'}>{legend}</legend>
      <div className="inline-flex flex-wrap gap-0.5 justify-self-start rounded-md border border-line bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="target inline-flex h-7 items-center justify-center gap-1.5 rounded-sm border border-transparent px-3 text-sm text-ink-2 select-none hover:text-ink has-checked:border-line-strong has-checked:bg-panel has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={option.value}
              checked={value === undefined ? undefined : value === option.value}
              defaultChecked={defaultValue === undefined ? undefined : defaultValue === option.value}
              onChange={onValueChange && (() => onValueChange(option.value))}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
