import { LoaderCircle } from 'lucide-react'

/** Decoration: whoever shows it says in words, or with aria-busy, what is awaited. */
export function Spinner({ className = '' }: { className?: string }) {
  return <LoaderCircle aria-hidden className={`size-4 animate-spin ${className}`} />
}
