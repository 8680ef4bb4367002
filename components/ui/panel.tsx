import { type ReactNode, useId } from 'react'

export interface PanelProps {
  title?: ReactNode
  /** One line under the title. */
  about?: ReactNode
  actions?: ReactNode
  footer?: ReactNode
  className?: string
  children: ReactNode
}

export function Panel({ title, about, actions, footer, className = '', children }: PanelProps) {
  const titleId = useId()
  return (
    <section
      aria-labelledby={title ? titleId : undefined}
      className={`overflow-clip rounded-md border border-line bg-panel ${className}`}
    >
      {title && (
        <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 wide:px-5">
          {/* A line of text needs some width: where that is not left, the actions go below. */}
          <div className={`min-w-0 grow ${about ? 'basis-[min(100%,13rem)]' : 'basis-0'}`}>
            <h2 id={titleId} className="text-md font-semibold">
              {title}
            </h2>
            {about && <p className="max-w-[68ch] text-sm text-ink-3">{about}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className="p-4 wide:p-5">{children}</div>
      {footer && (
        <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-page px-4 py-3 wide:px-5">
          {footer}
        </footer>
      )}
    </section>
  )
}
