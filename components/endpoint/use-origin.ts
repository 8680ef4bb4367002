import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Where the person is, as `https://switchboard.example`; only the browser knows the address it was given. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => 'http://localhost:3000',
  )
}
