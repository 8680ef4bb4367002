import { useSyncExternalStore } from 'react'
import type { Person } from '#channels/wire'
import type { ConnectionStatus } from './connection'
import { connection } from './socket'

const before: ConnectionStatus = { is: 'connecting' }

/** The state of the line, for the badge and the shell. */
export function useConnection(): ConnectionStatus {
  return useSyncExternalStore(
    (listener) => connection().subscribe(listener),
    () => connection().status,
    () => before,
  )
}

/** Who the server says the person is; undefined before the line was first open. */
export function usePerson(): Person | undefined {
  return useSyncExternalStore(
    (listener) => connection().subscribe(listener),
    () => connection().person,
    () => undefined,
  )
}

/** The id by which the server knows this tab's socket; undefined while the line is not open. */
export function useSocketId(): string | undefined {
  return useSyncExternalStore(
    (listener) => connection().subscribe(listener),
    () => connection().socket.id,
    () => undefined,
  )
}

/** How long the server takes to answer, in whole milliseconds; undefined until it has. */
export function useRoundTrip(): number | undefined {
  return useSyncExternalStore(
    (listener) => connection().subscribe(listener),
    () => wholeRoundTrip(connection().roundTrip),
    () => undefined,
  )
}

function wholeRoundTrip(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.max(1, Math.round(milliseconds))
}
