'use client'

import { useConnection } from '#components/realtime/use-connection'
import { EndedScreen } from './ended-screen'

/** Covers the page the moment its session ends, wherever that happened. */
export function SessionEnd() {
  const status = useConnection()
  return status.is === 'ended' ? <EndedScreen {...status.ended} /> : null
}
