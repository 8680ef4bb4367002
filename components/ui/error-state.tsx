'use client'

import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { EmptyState } from './empty-state'

export interface ErrorStateProps {
  /** What did not work. */
  title: ReactNode
  /** Why, as far as it is known, and what one can do. */
  children?: ReactNode
  onRetry?: () => void
  busy?: boolean
}

/** In the place of a list or a panel that could not be had. */
export function ErrorState({ title, children, onRetry, busy }: ErrorStateProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={<CircleAlert className="text-danger" />}
        title={title}
        action={
          onRetry && (
            <Button busy={busy} onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        {children}
      </EmptyState>
    </div>
  )
}
