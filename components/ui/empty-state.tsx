import type { ReactNode } from 'react'

export interface EmptyStateProps {
  icon?: ReactNode
  title: ReactNode
  /** What belongs here and the first step towards it. */
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-4 py-10 text-center">
      {icon && (
        <div
          aria-hidden
          className="mb-2 grid size-9 place-items-center rounded-md border border-line bg-panel text-ink-3 [&_svg]:size-4.5"
        >
          {icon}
        </div>
      )}
      <p className="text-md font-medium text-balance">{title}</p>
      {children && <div className="max-w-[48ch] text-sm text-balance text-ink-3">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}
