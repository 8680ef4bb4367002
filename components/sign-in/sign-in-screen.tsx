import type { ReactNode } from 'react'
import { BrandMark } from '#components/shell/brand'

/** The whole of the sign-in page: a notice of why, if there is one, and the form. */
export function SignInScreen({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-start justify-center px-4 pt-[max(2.5rem,14dvh)] pb-10">
      <div className="grid w-[min(22rem,calc(100vw-2rem))] gap-6">
        <div className="grid gap-4">
          <BrandMark className="size-9" />
          <div className="grid gap-1">
            <h1 className="text-xl font-semibold tracking-tight">Sign in to Switchboard</h1>
            <p className="text-ink-2">Every use of server push, on one authenticated line.</p>
          </div>
        </div>
        {children}
      </div>
    </main>
  )
}
