import type { Broadcast, Severity } from '#channels/broadcast'

export const severityWords: Record<Severity, string> = { info: 'Notice', warning: 'Warning', danger: 'Urgent' }

export const groupWords = { all: 'everyone', admin: 'admins', member: 'members' }

/** Whom it is for. */
export function audienceWords({ audience, to }: Pick<Broadcast, 'audience' | 'to'>): string {
  if (audience === 'all' || audience === 'admin' || audience === 'member') return groupWords[audience]
  return to?.name ?? 'one person'
}
