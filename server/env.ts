import { resolve } from 'node:path'
import type { z } from 'zod'
import { SettingError, shown } from './setting'
import { environmentSchema, settings, type Values } from './settings'

export { SettingError }

export interface Environment {
  port: number
  host: string
  /** Absolute. */
  dataDir: string
  /** Absent when the database is embedded. */
  databaseUrl?: string
  redisUrl?: string
  /** An origin, without a path or a last slash. */
  nextauthUrl?: string
  nextauthSecret?: string
  logLevel: Values['LOG_LEVEL']
  demo: boolean
  /** How many orders there are before anyone places one. */
  demoOrders: number
  /** How many proxies in front add to X-Forwarded-For. */
  trustProxy: number
  sessionDays: number
  messageBytes: number
  callBurst: number
  callsPerSecond: number
  roomsPerSocket: number
  socketsPerSession: number
  handshakesPerMinute: number
  waitingBytes: number
  logDays: number
  logPushes: number
  /** `host` or `host:port`, as they stand in an address. */
  outboundAllow: readonly string[]
  /** Absent when the ticker shows this server's own exchange. */
  exchangeUrl?: string
  metricsToken?: string
  production: boolean
}

/**
 * Reads the settings out of `source`, where an empty one counts as not given.
 * Throws one `SettingError` with a line for each that is wrong.
 */
export function readEnvironment(source: NodeJS.Dict<string>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) throw new SettingError(wrongValues(parsed.error, given))
  const values = parsed.data
  const demo = values.DATABASE_URL === undefined && values.DEMO === 'true'
  const lines = contradictions(values, demo)
  if (lines.length > 0) throw new SettingError(lines)
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    nextauthUrl: values.NEXTAUTH_URL,
    nextauthSecret: values.NEXTAUTH_SECRET,
    logLevel: values.LOG_LEVEL,
    demo,
    demoOrders: values.DEMO_ORDERS,
    trustProxy: values.TRUST_PROXY,
    sessionDays: values.SESSION_DAYS,
    messageBytes: values.MESSAGE_BYTES,
    callBurst: values.CALL_BURST,
    callsPerSecond: values.CALLS_PER_SECOND,
    roomsPerSocket: values.ROOMS_PER_SOCKET,
    socketsPerSession: values.SOCKETS_PER_SESSION,
    handshakesPerMinute: values.HANDSHAKES_PER_MINUTE,
    waitingBytes: values.WAITING_BYTES,
    logDays: values.LOG_DAYS,
    logPushes: values.LOG_PUSHES,
    outboundAllow: values.OUTBOUND_ALLOW ?? [],
    exchangeUrl: values.EXCHANGE_URL,
    metricsToken: values.METRICS_TOKEN,
    production: source.NODE_ENV === 'production',
  }
}

function wrongValues(error: z.ZodError, given: NodeJS.Dict<string>): string[] {
  const names = new Set(error.issues.map((issue) => issue.path[0]))
  return settings
    .filter(({ name }) => names.has(name))
    .map((setting) => `${setting.name} was ${shown(given[setting.name] ?? '', setting)}; it may be ${setting.allowed}.`)
}

/** What is allowed by itself, but not together. */
function contradictions(values: Values, demo: boolean): string[] {
  const lines: string[] = []
  const reachable = !/^(localhost|127\..*|::1)$/i.test(values.HOST)
  if (reachable && !demo && !values.NEXTAUTH_URL?.startsWith('https:')) {
    lines.push(
      `HOST was "${values.HOST}", which others can reach, without TLS; it may be 127.0.0.1, or set NEXTAUTH_URL to the https:// address of the proxy that adds TLS.`,
    )
  }
  if (values.TRUST_PROXY > 0 && !values.NEXTAUTH_URL) {
    // Or whoever can write X-Forwarded-Host decides where sign-in leads.
    lines.push(
      'TRUST_PROXY was set without NEXTAUTH_URL; set NEXTAUTH_URL to the address people type, or not TRUST_PROXY.',
    )
  }
  if (values.REDIS_URL && !values.DATABASE_URL) {
    lines.push('REDIS_URL was set without DATABASE_URL; nodes share one database: set DATABASE_URL, or not REDIS_URL.')
  }
  if (values.REDIS_URL && !values.NEXTAUTH_SECRET) {
    lines.push('REDIS_URL was set without NEXTAUTH_SECRET; nodes share one: set NEXTAUTH_SECRET, or not REDIS_URL.')
  }
  return lines
}
