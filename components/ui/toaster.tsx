'use client'

import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { CSSProperties } from 'react'
import { Toaster as Sonner } from 'sonner'

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

/** Mounted once, in the root layout. Elsewhere: `import { toast } from 'sonner'`. */
export function Toaster() {
  return (
    <Sonner
      theme="system"
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
  )
}
