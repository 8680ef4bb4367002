import type { ReactNode } from 'react'
import { type Tone, ToneMark } from './tone-mark'

/** How the line is. Not a live region: its digits change every second; announce a change of state elsewhere. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="inline-flex h-6.5 shrink-0 items-center gap-1.5 rounded-full border border-line bg-panel px-2.5 text-xs whitespace-nowrap text-ink-2 tabular-nums">
      <ToneMark tone={tone} />
      {children}
    </span>
  )
}
