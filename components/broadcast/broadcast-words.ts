import type { Audience, Severity } from '#channels/broadcast'

export const severityWords: Record<Severity, string> = { info: 'Notice', warning: 'Warning', danger: 'Urgent' }

export const audienceWords: Record<Audience, string> = { all: 'everyone', admin: 'admins', member: 'members' }
