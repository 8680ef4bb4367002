'use client'

import { type ReactNode, useRef } from 'react'
import { useScrollPlace } from './use-scroll-place.ts'

/** The place by the name that use-scroll-place.ts gives it. */
const atOnce =
  "document.currentScript.parentElement.scrollTop=sessionStorage.getItem('place '+window.navigation?.currentEntry.key)"

/** Scrolls in the place of the document, and like it: the way back and a reload lead to where one was. */
export function Scroller({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useScrollPlace(box)
  return (
    <div ref={box} className="relative min-h-0 flex-1 overflow-y-auto">
      {children}
      {/* A page that is loaded is shown before React is there, which must not be at its top. The type is for React, which
          warns of scripts that it would not run. */}
      <script nonce={nonce} type={typeof window === 'undefined' ? undefined : 'text/plain'} suppressHydrationWarning>
        {atOnce}
      </script>
    </div>
  )
}
