import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from './tone-mark'

const tones = {
  neutral: { Icon: Info, box: 'border-line bg-sunken', ink: 'text-ink-2' },
  ok: { Icon: CircleCheck, box: 'border-ok/25 bg-ok-soft', ink: 'text-ok' },
  warn: { Icon: TriangleAlert, box: 'border-warn/25 bg-warn-soft', ink: 'text-warn' },
  danger: { Icon: OctagonAlert, box: 'border-danger/25 bg-danger-soft', ink: 'text-danger' },
}

export interface NoticeProps {
  tone: Tone
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** `alert` when it appears because of what the person just did; `status` when it can wait. */
  role?: 'alert' | 'status'
}

export function Notice({ tone, title, children, actions, role }: NoticeProps) {
  const { Icon, box, ink } = tones[tone]
  return (
    <div role={role} className={`flex animate-appear gap-2.5 rounded-md border px-3 py-2.5 text-sm ${box}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? 'text-ink-2' : 'text-ink'}>{children}</div>}
      </div>
      {actions}
    </div>
  )
}
