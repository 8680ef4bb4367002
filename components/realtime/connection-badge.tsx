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
  const { name, tone, words, figure } = wording(status, now, useRoundTrip())
  return (
    <span data-status={name}>
      <StatusBadge tone={tone}>
        <span>
          {words}
          {/* On a phone the page's name needs its room. */}
          {figure && <span className="max-wide:sr-only">{figure}</span>}
        </span>
      </StatusBadge>
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

interface Wording {
  name: Name
  tone: Tone
  words: string
  /** How fast the line is, or how long to wait for it. */
  figure?: string
}

function wording(status: ConnectionStatus, now: number, roundTrip: number | undefined): Wording {
  if (status.is === 'connected') {
    return { name: 'joined', tone: 'ok', words: 'joined', figure: roundTrip ? `, ${roundTrip} ms` : undefined }
  }
  if (status.is === 'connecting') return { name: 'joining', tone: 'neutral', words: 'joining' }
  if (status.is === 'ended') return { name: 'ended', tone: 'danger', words: 'ended' }
  if (!navigator.onLine) return { name: 'offline', tone: 'danger', words: 'offline' }
  const seconds = Math.ceil((status.retryAt - now) / 1000)
  const figure = seconds > 0 ? ` in ${seconds} s` : undefined
  return { name: 'reconnecting', tone: 'warn', words: 'reconnecting', figure }
}
