import type { ReactNode } from 'react'
import { BrandMark } from './brand'

export interface MessageScreenProps {
  title: string
  children: ReactNode
  actions: ReactNode
  /** `h2` under a PageHeader. */
  heading?: 'h1' | 'h2'
  /** Something to quote when asking for help. */
  reference?: string
}

/** In the place of a page that cannot be shown: within the shell, or alone in the window. */
export function MessageScreen({ title, children, actions, heading: Heading = 'h1', reference }: MessageScreenProps) {
  return (
    <section className="grid min-h-0 flex-1 place-items-center overflow-y-auto px-4 py-12">
      <div className="grid w-full max-w-sm gap-5">
        <BrandMark className="size-8" />
        <div className="grid gap-1.5">
          <Heading className="text-xl font-semibold tracking-tight text-balance">{title}</Heading>
          <p className="text-ink-2">{children}</p>
          {reference && <p className="font-mono text-xs text-ink-3">Reference {reference}</p>}
        </div>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
    </section>
  )
}
