import pino, { type Logger } from 'pino'
import type { Environment } from '#server/env'

/** One JSON line per event of interest; a person at a terminal gets them readable. Never payloads, cookies or tokens. */
export function createLogger({ logLevel }: Environment): Logger {
  const readable = process.stdout.isTTY && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
  return pino({ level: logLevel, ...readable })
}
