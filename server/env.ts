import { resolve } from 'node:path'
import { z } from 'zod'
import { maxMessageBytes } from '#channels/wire'
import { address, type Explanation, explanations, hostList, origin, SettingError, shown, wholeNumber } from './setting'

export { SettingError }

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])

const schema = z.object({
  PORT: wholeNumber(0, 65_535).default(3000).register(explanations, {
    default: '3000',
    allowed: 'a whole number from 0 to 65535',
    meaning: 'The port to listen on; 0 takes any free one.',
  }),
  HOST: z
    .union([z.ipv4(), z.ipv6(), z.hostname().regex(/[a-z]/i)])
    .default('127.0.0.1')
    .register(explanations, {
      default: '127.0.0.1',
      allowed: 'an IP address or a host name, such as 127.0.0.1 or 0.0.0.0',
      meaning:
        'The address to listen on; outside demonstration mode, one that others can reach needs an https `NEXTAUTH_URL`.',
    }),
  DATA_DIR: z.string().default('.data').register(explanations, {
    default: '.data',
    allowed: 'the path of a folder',
    meaning: 'The folder of the embedded database and of what is made at the first start.',
  }),
  DATABASE_URL: address('postgres:', 'postgresql:').optional().register(explanations, {
    default: 'none: embedded',
    allowed: 'an address that begins with postgres:// or postgresql://',
    meaning: 'The PostgreSQL database to use instead of the embedded one.',
  }),
  REDIS_URL: address('redis:', 'rediss:').optional().register(explanations, {
    default: 'none: one node',
    allowed: 'an address that begins with redis:// or rediss://',
    meaning: 'The Redis that carries pushes between nodes; needs `DATABASE_URL` and `NEXTAUTH_SECRET`.',
  }),
  NEXTAUTH_URL: origin().optional().register(explanations, {
    default: 'the address listened on',
    allowed: 'an http or https origin without a path, such as https://switchboard.example',
    meaning: 'The address people type, where it is not the one listened on.',
  }),
  NEXTAUTH_SECRET: z.string().min(32).optional().register(explanations, {
    default: 'made at the first start',
    allowed: 'any text of 32 characters or more',
    meaning: 'Signs the session cookies; several nodes must share one.',
    secret: true,
  }),
  LOG_LEVEL: logLevel.default('info').register(explanations, {
    default: 'info',
    allowed: 'fatal, error, warn, info, debug, trace or silent',
    meaning: 'The least severe entry that is logged.',
  }),
  DEMO: z.enum(['true', 'false']).default('true').register(explanations, {
    default: 'true',
    allowed: 'true or false',
    meaning: 'Whether there are demonstration people and data; never with `DATABASE_URL`.',
  }),
  TRUST_PROXY: wholeNumber(0, 9).default(0).register(explanations, {
    default: '0',
    allowed: 'a whole number from 0 to 9',
    meaning: "How many proxies in front add to `X-Forwarded-For`; with 0 the connection's own address counts.",
  }),
  SESSION_DAYS: wholeNumber(1, 365).default(30).register(explanations, {
    default: '30',
    allowed: 'a whole number from 1 to 365',
    meaning: 'For how many days a session lasts after it was last renewed.',
  }),
  MESSAGE_BYTES: wholeNumber(1_024, 1_048_576).default(maxMessageBytes).register(explanations, {
    default: '65536',
    allowed: 'a whole number from 1024 to 1048576',
    meaning: 'The longest message a client may send; a longer one closes its socket.',
  }),
  CALL_BURST: wholeNumber(1, 10_000).default(40).register(explanations, {
    default: '40',
    allowed: 'a whole number from 1 to 10000',
    meaning: 'How many times at once a session may make a call whose contract does not say otherwise.',
  }),
  CALLS_PER_SECOND: wholeNumber(1, 10_000).default(20).register(explanations, {
    default: '20',
    allowed: 'a whole number from 1 to 10000',
    meaning: 'How often in the long run a session may make such a call.',
  }),
  ROOMS_PER_SOCKET: wholeNumber(1, 100).default(50).register(explanations, {
    default: '50',
    allowed: 'a whole number from 1 to 100',
    meaning: 'How many rooms one socket may be in.',
  }),
  SOCKETS_PER_SESSION: wholeNumber(1, 1_000).default(20).register(explanations, {
    default: '20',
    allowed: 'a whole number from 1 to 1000',
    meaning: 'How many sockets, such as tabs, one session may have open on a node.',
  }),
  HANDSHAKES_PER_MINUTE: wholeNumber(1, 1_000_000).default(600).register(explanations, {
    default: '600',
    allowed: 'a whole number from 1 to 1000000',
    meaning: 'How many sockets one address may try to open in a minute on a node.',
  }),
  WAITING_BYTES: wholeNumber(65_536, 1_073_741_824).default(1_048_576).register(explanations, {
    default: '1048576',
    allowed: 'a whole number from 65536 to 1073741824',
    meaning: 'How much may wait for a socket that reads too slowly before it is closed; it replays on its return.',
  }),
  LOG_DAYS: wholeNumber(1, 3_650).default(30).register(explanations, {
    default: '30',
    allowed: 'a whole number from 1 to 3650',
    meaning: 'For how many days pushes are kept for those who return, where a channel does not say otherwise.',
  }),
  LOG_PUSHES: wholeNumber(1, 10_000_000).default(10_000).register(explanations, {
    default: '10000',
    allowed: 'a whole number from 1 to 10000000',
    meaning: 'How many pushes of a room are kept for them; whoever is further behind loads the state.',
  }),
  OUTBOUND_ALLOW: hostList().optional().register(explanations, {
    default: 'none: this server alone',
    allowed: 'hosts separated by commas, with or without a port, such as erp.internal:8080,10.0.0.5',
    meaning: 'Which hosts outbound sockets may reach although their address is not public.',
  }),
  METRICS_TOKEN: z.string().min(16).optional().register(explanations, {
    default: 'none: loopback alone',
    allowed: 'any text of 16 characters or more',
    meaning: 'The bearer token with which `/api/metrics` may be read from elsewhere.',
    secret: true,
  }),
})

type Values = z.infer<typeof schema>

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
  metricsToken?: string
  production: boolean
}

export interface Setting extends Explanation {
  name: string
}

/** The settings table of README.md. */
export const settings: readonly Setting[] = Object.entries(schema.shape).flatMap(([name, shape]) => {
  const explanation = explanations.get(shape)
  return explanation ? [{ name, ...explanation }] : []
})

/**
 * Reads the settings out of `source`, where an empty one counts as not given.
 * Throws one `SettingError` with a line for each that is wrong.
 */
export function readEnvironment(source: NodeJS.Dict<string>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
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
