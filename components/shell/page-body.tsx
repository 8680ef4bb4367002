import type { ReactNode } from 'react'

/** The scrolling, padded part under a PageHeader. A page that fills its room, like chat, does without it. */
export function PageBody({ children }: { children: ReactNode }) {
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="grid w-full max-w-4xl gap-4 p-4 wide:gap-6 wide:p-6">{children}</div>
    </div>
  )
}
