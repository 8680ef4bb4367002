import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False in what the server rendered and until React has taken it over: before that a press would do nothing. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
