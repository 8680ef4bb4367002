import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button'
import { LocalTime } from '#components/ui/local-time'
import type { FieldOnScreen } from './use-field'
import type { LiveOrder } from './use-order'

/** Both values side by side, and the choice; it has the focus when it comes up while the field had it. */
export function FieldConflict({ on, live, label }: { on: FieldOnScreen; live: LiveOrder; label: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const field = box.current?.parentElement
    if (field?.contains(document.activeElement)) box.current?.querySelector('button')?.focus()
  }, [])
  const { draft, current, mark } = on
  // In another tab: here one knows what one saves.
  const own = mark?.by?.id === live.me.id
  const who = mark?.by?.name ?? 'the workshop'
  const focusControl = () => {
    const control = box.current?.parentElement?.querySelector<HTMLElement>('input, select, textarea')
    control?.focus()
  }
  return (
    <div
      ref={box}
      role="alert"
      aria-label={`${label}: changed ${own ? 'in two tabs' : 'by two people'}`}
      className="grid animate-appear gap-2 rounded-md border border-warn/25 bg-warn-soft p-3 text-sm"
    >
      <p className="font-medium">
        Not saved: {own ? 'you have changed this in another tab' : `${who} has changed this meanwhile`}.
      </p>
      <dl className="grid grid-cols-2 gap-2">
        <Value name={own ? 'Here' : 'Mine'}>{live.words(on.field, draft?.text ?? '')}</Value>
        <Value
          name={
            <>
              {own ? 'In the other tab,' : `Theirs, ${who}`} {mark && <LocalTime at={mark.at} />}
            </>
          }
        >
          {live.words(on.field, current)}
        </Value>
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          onClick={() => {
            focusControl()
            on.keep()
          }}
        >
          {own ? 'Keep this one' : 'Keep mine'}
        </Button>
        <Button
          size="sm"
          onClick={() => {
            on.take()
            focusControl()
          }}
        >
          {own ? 'Take the other' : 'Take theirs'}
        </Button>
      </div>
    </div>
  )
}

function Value({ name, children }: { name: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="min-w-0 rounded-sm border border-line bg-panel px-2 py-1.5">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd dir="auto" className="max-h-32 overflow-y-auto wrap-anywhere whitespace-pre-wrap">
        {children}
      </dd>
    </div>
  )
}
