import type { CloseReason, Grouping, Happening } from '#channels/monitor'
import type { Tone } from '#components/ui/tone-mark'

/** The one place for what each reason for which a socket closes is called. */
export const closeWords: Record<CloseReason, { label: string; kind: CloseKind }> = {
  client: { label: 'Closed by the client', kind: 'usual' },
  'signed-out': { label: 'Signed out', kind: 'usual' },
  expired: { label: 'Session expired', kind: 'usual' },
  restarting: { label: 'Server restarting', kind: 'usual' },
  transport: { label: 'Page left or line cut', kind: 'usual' },
  silent: { label: 'Silent for too long', kind: 'line' },
  server: { label: 'Closed by the server', kind: 'line' },
  'too-slow': { label: 'Too slow', kind: 'line' },
  revoked: { label: 'Ended by somebody', kind: 'forced' },
  'signed-in-elsewhere': { label: 'Signed in elsewhere', kind: 'forced' },
  malformed: { label: 'Malformed', kind: 'forced' },
  forbidden: { label: 'Forbidden', kind: 'forced' },
  'rate-limited': { label: 'Too often', kind: 'forced' },
}

/** Who meant it: the person, nobody, or we. */
export type CloseKind = 'usual' | 'line' | 'forced'
export const closeKinds: readonly { kind: CloseKind; label: string; fill: string }[] = [
  { kind: 'usual', label: 'Left', fill: 'fill-accent' },
  { kind: 'line', label: 'Lost', fill: 'fill-warn' },
  { kind: 'forced', label: 'Ended', fill: 'fill-danger' },
]

export const groupWords: Record<Grouping, string> = {
  none: 'Each socket',
  person: 'Person',
  session: 'Session',
  path: 'Path',
  node: 'Node',
  channel: 'Channel',
}

export function happeningTone({ what }: Happening): Tone {
  if (what === 'connected' || what === 'joined') return 'ok'
  if (what === 'refused') return 'warn'
  return what === 'ended' ? 'danger' : 'neutral'
}

export function happeningText({ what, about, reason, path }: Happening): string {
  switch (what) {
    case 'connected':
      return `Connected to ${path}`
    case 'joined':
      return `Joined ${about}`
    case 'left':
      return `Left ${about}`
    case 'refused':
      return `Refused ${about}: ${reason}`
    case 'messaged':
      return `${about} sent a message`
    case 'ended':
      return reason === 'revoked' ? closeWords.revoked.label : `Ended: ${closeLabel(reason)}`
    case 'closed':
      return `Closed: ${closeLabel(reason)}`
  }
}

function closeLabel(reason: string | null): string {
  const words = Object.entries(closeWords).find(([known]) => known === reason)?.[1]
  return (words?.label ?? reason ?? 'unknown').toLowerCase()
}

const wholeNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const smallNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1, minimumFractionDigits: 1 })

/** A number of things, or a rate: with one digit after the point while it is small. */
export function figure(value: number, rate = false): string {
  return (rate && value < 10 ? smallNumber : wholeNumber).format(value)
}

export function bytes(value: number): string {
  if (value < 1_000) return `${value} B`
  return value < 1_000_000 ? `${smallNumber.format(value / 1_000)} kB` : `${smallNumber.format(value / 1_000_000)} MB`
}

export function shortNode(node: string): string {
  return node.slice(0, 8)
}
