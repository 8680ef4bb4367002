import type { ReactNode } from 'react'

/** One block in the shape of what comes; it stands still, because nothing moves but what arrives. */
export function Skeleton({ className, circle }: { className: string; circle?: boolean }) {
  return <div aria-hidden className={`bg-line ${circle ? 'rounded-full' : 'rounded-sm'} ${className}`} />
}

/** Around skeletons: says once, in words, what they stand for. */
export function Loading({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div role="status" aria-busy className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  )
}
