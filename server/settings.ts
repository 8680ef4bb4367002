import { z } from 'zod'
import { maxMessageBytes } from '#channels/wire'
import { address, type Explanation, explanations, hostList, origin, wholeNumber } from './setting'

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])

/** What may be set, as it stands in the environment, and what is said about it. */
export const environmentSchema = z.object({
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
  DEMO_ORDERS: wholeNumber(0, 100_000).default(5_000).register(explanations, {
    default: '5000',
    allowed: 'a whole number from 0 to 100000',
    meaning: 'How many orders the demonstration begins with.',
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
  EXCHANGE_URL: address('ws:', 'wss:').optional().register(explanations, {
    default: 'none: its own',
    allowed: 'an address that begins with ws:// or wss://',
    meaning: 'The exchange whose quotes the ticker shows; one with a private address needs `OUTBOUND_ALLOW` too.',
  }),
  METRICS_TOKEN: z.string().min(16).optional().register(explanations, {
    default: 'none: loopback alone',
    allowed: 'any text of 16 characters or more',
    meaning: 'The bearer token with which `/api/metrics` may be read from elsewhere.',
    secret: true,
  }),
})

export type Values = z.infer<typeof environmentSchema>

export interface Setting extends Explanation {
  name: string
}

/** The settings table of README.md. */
export const settings: readonly Setting[] = Object.entries(environmentSchema.shape).flatMap(([name, shape]) => {
  const explanation = explanations.get(shape)
  return explanation ? [{ name, ...explanation }] : []
})
