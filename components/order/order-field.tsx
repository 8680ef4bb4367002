import { Check, CloudOff } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Avatar } from '#components/ui/avatar'
import { LocalTime } from '#components/ui/local-time'
import { Spinner } from '#components/ui/spinner'
import { ClosedField } from './closed-field'
import type { Named } from './draft'
import { FieldConflict } from './field-conflict'
import { type FieldOnScreen, useField } from './use-field'
import type { LiveOrder } from './use-order'

interface OrderFieldProps {
  live: LiveOrder
  field: Named
  label: string
  /** What a screen reader calls it, where several have one label. */
  name?: string
  /** A smaller label, in a list of such fields. */
  small?: boolean
  /** The order is closed: it is shown, and cannot be changed. */
  closed: boolean
  /** How its text stands once it is closed. */
  closedClass?: string
  /** A control that takes these. */
  children: (control: ReturnType<typeof useControl>) => ReactNode
}

/** One field that is saved by itself: who is at it, who changed it last, and how far its saving is. */
export function OrderField({ live, field, label, name, small, closed, closedClass, children }: OrderFieldProps) {
  const on = useField(live, field)
  const control = useControl(on, name)
  return (
    <div data-part={on.part} data-phase={on.draft?.phase} className="grid min-w-0 grid-cols-1 content-start gap-1">
      <div className="flex min-h-6 items-center gap-2">
        <label htmlFor={control.id} className={small ? 'text-xs text-ink-3' : 'text-sm font-medium'}>
          {label}
        </label>
        <WhoIsHere live={live} part={on.part} />
        <LastChange on={on} />
      </div>
      {closed ? <ClosedField on={on} live={live} control={control} className={closedClass} /> : children(control)}
      <Saving on={on} closed={closed} id={control['aria-describedby']} live={live} />
      {on.draft?.phase === 'conflict' && <FieldConflict on={on} live={live} label={label} />}
    </div>
  )
}

export function useControl({ control, draft }: FieldOnScreen, name?: string) {
  const id = useId()
  const wrong = draft?.phase === 'refused' || draft?.phase === 'conflict'
  return { ...control, id, 'aria-label': name, 'aria-describedby': `${id}-saving`, 'aria-invalid': wrong || undefined }
}

function WhoIsHere({ live, part }: { live: LiveOrder; part: string }) {
  return live.at(part).map(({ user, idle }) => (
    <span
      key={user.id}
      className="flex animate-appear items-center gap-1 text-xs text-ink-2"
      title={`${user.name} is here`}
    >
      <Avatar name={user.name} size="sm" presence={idle ? 'idle' : 'here'} />
      <span className="sr-only">{user.name} is at this field</span>
    </span>
  ))
}

/** New to this screen it is on a ground of its own. */
function LastChange({ on: { mark, news } }: { on: FieldOnScreen }) {
  if (!mark) return null
  const tone = news ? 'bg-accent-soft text-accent' : 'text-ink-3'
  return (
    <span key={mark.version} className={`ml-auto animate-appear truncate rounded-sm px-1 text-xs ${tone}`}>
      {mark.by?.name ?? 'the workshop'} <LocalTime at={mark.at} />
    </span>
  )
}

/** Its place is kept, so that nothing moves when it says something. */
function Saving({ on, live, id, closed }: { on: FieldOnScreen; live: LiveOrder; id: string; closed: boolean }) {
  const { draft, overtaken } = on
  const own = on.mark?.by?.id === live.me.id
  return (
    <p id={id} className="flex min-h-4.5 items-start gap-1 text-xs text-ink-3">
      {overtaken && (
        <span className="line-clamp-3 min-w-0 animate-appear wrap-anywhere text-warn">
          {own ? 'You have' : `${on.mark?.by?.name ?? 'The workshop'} has`} changed this to “
          <bdi>{live.words(on.field, on.current)}</bdi>”{own && ' in another tab'}. Saving asks which to keep.
        </span>
      )}
      {draft?.phase === 'saving' && (
        <>
          <Spinner className="mt-0.5 size-3" /> Saving
        </>
      )}
      {draft?.phase === 'saved' && (
        <span className="flex animate-appear items-center gap-1 text-ok">
          <Check aria-hidden className="size-3.5" /> Saved
        </span>
      )}
      {draft?.phase === 'unsent' && (
        <span className="flex animate-appear items-start gap-1 text-warn">
          <CloudOff aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {live.status === 'joined' && draft.message
            ? `Not saved yet. ${draft.message} It is sent again.`
            : 'Not saved yet. It is sent when the line is back.'}
        </span>
      )}
      {draft?.phase === 'refused' && (
        <span className="min-w-0 animate-appear wrap-anywhere text-danger">
          Not saved
          {closed && (
            <>
              : “<bdi>{live.words(on.field, draft.text)}</bdi>”
            </>
          )}
          . {draft.message}
        </span>
      )}
    </p>
  )
}
