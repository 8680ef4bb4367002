import pino, { type Logger } from 'pino'
import { z } from 'zod'
import type { Environment } from '#server/env'

export const serializers = { err: shownError }

/** One JSON line per event of interest; a person at a terminal gets them readable. Never payloads, cookies or tokens. */
export function createLogger({ logLevel }: Environment): Logger {
  const readable = process.stdout.isTTY && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
  return pino({ level: logLevel, serializers, ...readable })
}

/** Of an issue its place in the contract: further down, and in its message, there may be names that a client chose. */
const zodIssues = z.object({
  issues: z.array(z.object({ code: z.string(), path: z.array(z.union([z.string(), z.number()])) })),
})

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
    message: type.startsWith('Prisma') ? shownPrisma(error.message) : shownMessage(error),
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(frames?.length && { stack: frames.join('\n') }),
    ...(error.cause !== undefined && { cause: shownError(error.cause) }),
  }
}

/** Prisma puts the call with its arguments first, and what was wrong last. */
function shownPrisma(message: string): string {
  // A data exception (SQLSTATE class 22) quotes the value; the other classes quote names of tables and constraints.
  const [, code] = /\bCode: `(22\w{3})`/.exec(message) ?? []
  if (code) return `A value does not fit its column or type. Code: ${code}`
  const wrong = message.split('\n').at(-1) ?? ''
  return message.includes('Invalid input value:') ? 'A value does not fit its column or type.' : wrong
}

/** Without what a parser quotes of the text it could not parse. */
function shownMessage(error: Error): string {
  if (error.name === 'ZodError') {
    const parsed = zodIssues.safeParse(error)
    if (parsed.success) return parsed.data.issues.map(({ code, path }) => `${code} at "${path[0] ?? ''}"`).join(', ')
  }
  return error.message.replace(/".*" is not valid JSON$/s, 'it is not valid JSON')
}
