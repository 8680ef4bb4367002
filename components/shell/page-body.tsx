import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Scroller } from './scroller'

/** The scrolling, padded part under a PageHeader. A page that fills its room, like chat, does without it. */
export async function PageBody({ children }: { children: ReactNode }) {
  // Where Next itself takes it from.
  const [, nonce] = (await headers()).get('content-security-policy')?.match(/'nonce-([^']+)'/) ?? []
  return (
    <Scroller nonce={nonce}>
      <div className="grid w-full max-w-4xl gap-4 p-4 wide:gap-6 wide:p-6">{children}</div>
    </Scroller>
  )
}
