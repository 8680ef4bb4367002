import { useSyncExternalStore } from 'react'
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
