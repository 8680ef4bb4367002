import { Button } from '#components/ui/button'
import { Spinner } from '#components/ui/spinner'
import type { Wish } from './wishes'

const said: Record<Wish['state'], string> = {
  asked: 'Asking for a number',
  waiting: 'Waiting for the line. It is asked for once more then, and only one number is taken.',
  refused: 'No number',
}

interface WishRowProps {
  wish: Wish
  /** The line is cut. */
  stale: boolean
  onForget: () => void
}

/** A number that one has asked for. */
export function WishRow({ wish: { state: known, why }, stale, onForget }: WishRowProps) {
  const state = stale && known === 'asked' ? 'waiting' : known
  return (
    <li data-state={state} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      {state === 'refused' ? (
        <p role="alert" className="min-w-0 flex-1 text-sm text-danger">
          {said.refused}: {why}
        </p>
      ) : (
        <p className="flex min-w-0 flex-1 items-center gap-2 text-sm text-ink-3">
          <Spinner className="shrink-0" />
          {said[state]}
        </p>
      )}
      {state !== 'asked' && (
        <Button size="sm" variant="ghost" onClick={onForget}>
          {state === 'refused' ? 'Dismiss' : 'Ask no more'}
        </Button>
      )}
    </li>
  )
}
