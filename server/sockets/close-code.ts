import type { EndReason } from '#channels/wire'

/** The codes we send, of those that RFC 6455 (section 7.4.1) and its registry at IANA give a meaning. */
export const closeCode = {
  normal: 1000,
  goingAway: 1001,
  unsupported: 1003,
  malformed: 1007,
  policy: 1008,
  internal: 1011,
  tryLater: 1013,
  /** From the range left to applications: whoever opened the socket may not have it any more. */
  ended: 4001,
} as const

const codes: Record<EndReason, number> = {
  'signed-out': closeCode.ended,
  'signed-in-elsewhere': closeCode.ended,
  revoked: closeCode.ended,
  expired: closeCode.ended,
  malformed: closeCode.malformed,
  forbidden: closeCode.policy,
  'rate-limited': closeCode.tryLater,
  'too-slow': closeCode.tryLater,
  restarting: closeCode.goingAway,
}

/** The code that goes with one of the wire's reasons; the reason itself is the text of the close frame. */
export function closeCodeOf(reason: EndReason): number {
  return codes[reason]
}

/** What a peer may be told: 1005, 1006 and 1015 only say what was seen here, and the rest has no meaning (section 7.4). */
export function isSendable(code: number): boolean {
  return (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
}

/** A reason as it fits into a close frame: 123 bytes of UTF-8 (section 5.5), cut between characters. */
export function shortReason(reason: string): string {
  let short = reason
  while (Buffer.byteLength(short) > 123) short = Array.from(short).slice(0, -1).join('')
  return short
}

/** With which code `ws` has closed a line on which the other side broke the protocol; undefined for any other error. */
export function protocolErrorCode(error: Error): number | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!code.startsWith('WS_ERR_')) return undefined
  return brokenBy[code] ?? 1002
}

const brokenBy: Record<string, number> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
}
