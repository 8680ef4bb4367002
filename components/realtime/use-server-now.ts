import { useSyncExternalStore } from 'react'
import { useNow } from '#components/ui/use-now.ts'
import { connection } from './socket'

/**
 * The server's time in milliseconds since 1970, renewed every `every` milliseconds while `running`: what counts down
 * to a moment the server named does so alike on every screen, whatever the clock of the machine says. Undefined
 * until the line has been open once, and while the page is rendered on the server.
 */
export function useServerNow(running: boolean, every: number): number | undefined {
  const ahead = useSyncExternalStore(
    (listener) => connection().subscribe(listener),
    () => connection().ahead,
    () => undefined,
  )
  const now = useNow(running, every)
  return ahead === undefined ? undefined : now + ahead
}

/** The same once, where something is asked for and not shown; this machine's time while the server's is not known. */
export function serverNow(): number {
  return Date.now() + (connection().ahead ?? 0)
}
