import { type EndReason, endReason } from '#channels/wire'

/** Who closed a socket where no reason was said: the client, a cut line, or we; `silent` when nothing had come for long. */
const unsaid = ['client', 'transport', 'silent', 'server'] as const

/** The closed list of what a socket is closed for, in the log and the figures. */
export const closeReasons = [...endReason.options, ...unsaid] as const
export type CloseReason = EndReason | (typeof unsaid)[number]

export function closedByServer(reason: CloseReason): boolean {
  return reason !== 'client' && reason !== 'transport'
}
