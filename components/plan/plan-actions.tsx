import { useEffect, useRef } from 'react'
import type { Running } from '#channels/plan'
import type { Person } from '#channels/wire'
import { Button } from '#components/ui/button'
import type { LivePlan } from './use-plan.ts'

/** Whoever began it, and admins; the server asks again. */
export const mayCancel = ({ by }: Running, me: Person) => by.id === me.id || me.role === 'admin'

interface PlanActionsProps {
  live: LivePlan
  me: Person
  onCalculate: () => Promise<void>
  offline: boolean
}

/** Outside of what is disabled: the button keeps the focus while it is held, and whoever may can cancel. */
export function PlanActions({ live, me, onCalculate, offline }: PlanActionsProps) {
  const { running, plan, closed, asking, cancel } = live
  const calculate = useRef<HTMLButtonElement>(null)
  const cancelling = useRef(false)

  // When the calculation ends, "Cancel" goes; whoever was on it is not to be thrown to the top of the page.
  useEffect(() => {
    if (running || !cancelling.current) return
    cancelling.current = false
    calculate.current?.focus()
  }, [running])

  return (
    <div className="flex flex-wrap items-center gap-2 max-wide:w-full">
      <Button
        ref={calculate}
        variant="primary"
        busy={running !== null || asking}
        disabled={(closed || offline) && !running}
        onClick={() => void onCalculate()}
      >
        {plan ? 'Calculate again' : 'Calculate'}
      </Button>
      {running && mayCancel(running, me) && (
        <Button
          disabled={offline}
          onFocus={() => {
            cancelling.current = true
          }}
          onBlur={() => {
            cancelling.current = false
          }}
          onClick={() => void cancel()}
        >
          Cancel
        </Button>
      )}
    </div>
  )
}
