import { Button } from '#components/ui/button'
import type { OwnRowProps } from './own-row'
import type { WentBack } from './use-went-back'

interface WentBackRowProps extends Pick<OwnRowProps, 'busy' | 'act'> {
  wentBack: WentBack
  onForget: () => void
}

/** A number one held until just now, while nobody else has got it. */
export function WentBackRow({ wentBack: { reservation, expired }, busy, act, onForget }: WentBackRowProps) {
  const { number } = reservation
  return (
    <li data-state="returned" className="flex animate-appear flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      <p className="min-w-0 flex-1 basis-48 text-sm text-ink-2">
        <span className="font-mono text-md break-all text-ink-3 tabular-nums line-through">{number}</span>{' '}
        {expired ? 'went back: its two minutes were over.' : 'was given back.'}
      </p>
      <span className="flex gap-2">
        <Button
          size="sm"
          busy={busy === 'holdAgain'}
          aria-label={`Hold again ${number}`}
          onClick={() => act('holdAgain', reservation)}
        >
          Hold again
        </Button>
        <Button size="sm" variant="ghost" aria-label={`Dismiss ${number}`} onClick={onForget}>
          Dismiss
        </Button>
      </span>
    </li>
  )
}
