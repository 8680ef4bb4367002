'use client'

import { StatusBadge } from '#components/ui/status-badge'
import type { Tone } from '#components/ui/tone-mark'
import { useNow } from '#components/ui/use-now.ts'
import type { ConnectionStatus } from './connection'
import { useConnection, useRoundTrip } from './use-connection'

/** How the line is, in a word; a person can wait for the countdown or press nothing at all. */
export function ConnectionBadge() {
  const status = useConnection()
  const now = useNow(status.is === 'reconnecting', 250)
  const roundTrip = useRoundTrip()
  const { name, tone, words } = wording(status, now)
  return (
    <span data-status={name}>
      <StatusBadge tone={tone}>{name === 'joined' && roundTrip ? `joined, ${roundTrip} ms` : words}</StatusBadge>
      <span role="status" className="sr-only">
        {name === 'joined' || name === 'joining' ? '' : announcements[name]}
      </span>
    </span>
  )
}

const announcements = {
  reconnecting: 'The line was cut. Reconnecting.',
  offline: 'This device is offline.',
  ended: 'The session has ended.',
}

type Name = 'joining' | 'joined' | keyof typeof announcements

function wording(status: ConnectionStatus, now: number): { name: Name; tone: Tone; words: string } {
  if (status.is === 'connected') return { name: 'joined', tone: 'ok', words: 'joined' }
  if (status.is === 'connecting') return { name: 'joining', tone: 'neutral', words: 'joining' }
  if (status.is === 'ended') return { name: 'ended', tone: 'danger', words: 'ended' }
  if (!navigator.onLine) return { name: 'offline', tone: 'danger', words: 'offline' }
  const seconds = Math.ceil((status.retryAt - now) / 1000)
  return { name: 'reconnecting', tone: 'warn', words: seconds > 0 ? `reconnecting in ${seconds} s` : 'reconnecting' }
}
