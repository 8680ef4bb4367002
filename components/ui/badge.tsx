import type { ReactNode } from 'react'
import { type Tone, ToneMark } from './tone-mark'

const tones = {
  neutral: 'bg-sunken text-ink-2',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
}

/** A word about a thing in a list: its state, its kind. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-5 shrink-0 items-center gap-1.5 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap tabular-nums ${tones[tone]}`}
    >
      {tone !== 'neutral' && <ToneMark tone={tone} />}
      {children}
    </span>
  )
}
