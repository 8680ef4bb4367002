'use client'

import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import { type CSSProperties, useSyncExternalStore } from 'react'
import { Toaster as Sonner } from 'sonner'
import { ToastFocus } from './toast-focus'

const roles: CSSProperties & Record<`--${string}`, string> = {
  '--normal-bg': 'var(--color-panel)',
  '--normal-border': 'var(--color-line-strong)',
  '--normal-text': 'var(--color-ink)',
  '--border-radius': 'var(--radius-md)',
}

const icons = {
  info: <Info aria-hidden className="size-4 text-ink-2" />,
  success: <CircleCheck aria-hidden className="size-4 text-ok" />,
  warning: <TriangleAlert aria-hidden className="size-4 text-warn" />,
  error: <OctagonAlert aria-hidden className="size-4 text-danger" />,
}

/** Below this a toast at the foot would cover what is pressed there; the width of `wide:` in globals.css. */
const narrow = '(width < 47.5rem)'

function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(narrow)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => window.matchMedia(narrow).matches,
    () => false,
  )
}

/** Mounted once, in the root layout. Elsewhere: `import { toast } from 'sonner'`. */
export function Toaster() {
  return (
    <ToastFocus>
      <Sonner
        theme="system"
        position={useNarrow() ? 'top-center' : 'bottom-right'}
        style={roles}
        icons={icons}
        gap={8}
        toastOptions={{
          classNames: {
            toast: 'font-sans! text-sm! raised! p-3!',
            title: 'font-medium!',
            description: 'text-ink-2!',
            actionButton: 'bg-accent! text-accent-ink! rounded-sm! text-sm! target',
          },
        }}
      />
    </ToastFocus>
  )
}
