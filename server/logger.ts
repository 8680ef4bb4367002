import pino, { type Logger } from 'pino'
import type { Environment } from '#server/env'

/** One JSON line per event of interest; a person at a terminal gets them readable. Never payloads, cookies or tokens. */
export function createLogger({ logLevel }: Environment): Logger {
  const readable = process.stdout.isTTY && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
  return pino({ level: logLevel, serializers: { err: shownError }, ...readable })
}

interface ShownError {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: ShownError
}

/** These alone: a driver hangs the failing row on its error, and a request its headers. */
export function shownError(error: unknown): ShownError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error (not shown)' }
  const type = error.constructor.name
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type,
    // Prisma puts the call with its arguments first, and what was wrong last.
    message: type.startsWith('Prisma') ? (error.message.split('\n').at(-1) ?? '') : error.message,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(frames?.length && { stack: frames.join('\n') }),
    ...(error.cause !== undefined && { cause: shownError(error.cause) }),
  }
}
