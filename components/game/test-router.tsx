import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js'
import { type ReactNode, StrictMode } from 'react'
import { vi } from 'vitest'

/** For tests: what `useRouter` gives, of which only `push` is looked at. */
export const push = vi.fn<(href: string) => void>()
const rest = { replace() {}, back() {}, forward() {}, refresh() {}, prefetch() {}, experimental_gesturePush() {} }

/** For tests: a page as Next renders one, in strict mode. */
export function TestRouter({ children }: { children: ReactNode }) {
  return (
    <AppRouterContext value={{ push, ...rest, bfcacheId: '' }}>
      <StrictMode>{children}</StrictMode>
    </AppRouterContext>
  )
}
