import { useEffect, useId, useRef } from 'react'
import { figure } from '#components/ui/figures.ts'

/** How long it must rest before it counts: someone who drags it does not mean every step. In milliseconds. */
const restFor = 300

interface SpeedSliderProps {
  /** Orders a minute. */
  speed: number
  disabled: boolean
  onChange: (speed: number) => void
  onRest: (speed: number) => void
}

/** From one order a minute to ten a second; by keyboard in steps of one, with Page Up and Page Down larger ones. */
export function SpeedSlider({ speed, disabled, onChange, onRest }: SpeedSliderProps) {
  const id = useId()
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined)
  // What is stopped meanwhile has no speed to change any more.
  const newest = useRef(onRest)
  useEffect(() => {
    newest.current = onRest
  })
  useEffect(() => () => clearTimeout(resting.current), [])
  return (
    <div className="grid gap-0.5">
      <label htmlFor={id} className="flex justify-between gap-3 text-xs text-ink-3">
        Orders a minute
        <output htmlFor={id} className="font-medium text-ink tabular-nums">
          {figure(speed)}
        </output>
      </label>
      <input
        id={id}
        type="range"
        min={1}
        max={600}
        value={speed}
        disabled={disabled}
        className="target h-5 w-44 accent-accent disabled:opacity-50"
        onChange={({ target }) => {
          const chosen = target.valueAsNumber
          onChange(chosen)
          clearTimeout(resting.current)
          resting.current = setTimeout(() => newest.current(chosen), restFor)
        }}
      />
    </div>
  )
}
