import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvironment, SettingError } from './env'
import { settings } from './settings'

function refusal(source: NodeJS.Dict<string>): string {
  try {
    readEnvironment(source)
  } catch (error) {
    if (error instanceof SettingError) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

const secret = 'a'.repeat(32)
const hosts = 'it may be hosts separated by commas, with or without a port, such as erp.internal:8080,10.0.0.5.'
const database = 'postgres://switchboard:hunter2@db.example/switchboard'

describe('a value that may not be', () => {
  it.each([
    ['PORT', 'http', 'PORT was "http"; it may be a whole number from 0 to 65535.'],
    ['PORT', '65536', 'PORT was "65536"; it may be a whole number from 0 to 65535.'],
    ['PORT', '-1', 'PORT was "-1"; it may be a whole number from 0 to 65535.'],
    ['PORT', '80.5', 'PORT was "80.5"; it may be a whole number from 0 to 65535.'],
    ['HOST', 'http://x', 'HOST was "http://x"; it may be an IP address or a host name, such as 127.0.0.1 or 0.0.0.0.'],
    [
      'HOST',
      '300.1.1.1',
      'HOST was "300.1.1.1"; it may be an IP address or a host name, such as 127.0.0.1 or 0.0.0.0.',
    ],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL was "loud"; it may be fatal, error, warn, info, debug, trace or silent.'],
    ['DEMO', 'no', 'DEMO was "no"; it may be true or false.'],
    ['DEMO_ORDERS', '-1', 'DEMO_ORDERS was "-1"; it may be a whole number from 0 to 100000.'],
    ['TRUST_PROXY', 'true', 'TRUST_PROXY was "true"; it may be a whole number from 0 to 9.'],
    ['SESSION_DAYS', '0', 'SESSION_DAYS was "0"; it may be a whole number from 1 to 365.'],
    ['MESSAGE_BYTES', '1023', 'MESSAGE_BYTES was "1023"; it may be a whole number from 1024 to 1048576.'],
    ['MESSAGE_BYTES', '64k', 'MESSAGE_BYTES was "64k"; it may be a whole number from 1024 to 1048576.'],
    ['CALL_BURST', '0', 'CALL_BURST was "0"; it may be a whole number from 1 to 10000.'],
    ['CALLS_PER_SECOND', '0.5', 'CALLS_PER_SECOND was "0.5"; it may be a whole number from 1 to 10000.'],
    ['ROOMS_PER_SOCKET', '101', 'ROOMS_PER_SOCKET was "101"; it may be a whole number from 1 to 100.'],
    ['SOCKETS_PER_SESSION', 'all', 'SOCKETS_PER_SESSION was "all"; it may be a whole number from 1 to 1000.'],
    ['HANDSHAKES_PER_MINUTE', '1e3', 'HANDSHAKES_PER_MINUTE was "1e3"; it may be a whole number from 1 to 1000000.'],
    ['WAITING_BYTES', '65535', 'WAITING_BYTES was "65535"; it may be a whole number from 65536 to 1073741824.'],
    [
      'WAITING_BYTES',
      '99999999999',
      'WAITING_BYTES was "99999999999"; it may be a whole number from 65536 to 1073741824.',
    ],
    ['OUTBOUND_ALLOW', 'erp.internal,', `OUTBOUND_ALLOW was "erp.internal,"; ${hosts}`],
    ['OUTBOUND_ALLOW', 'ws://erp', `OUTBOUND_ALLOW was "ws://erp"; ${hosts}`],
    ['OUTBOUND_ALLOW', 'erp:99999', `OUTBOUND_ALLOW was "erp:99999"; ${hosts}`],
    ['OUTBOUND_ALLOW', '::1', `OUTBOUND_ALLOW was "::1"; ${hosts}`],
    ['LOG_DAYS', '0', 'LOG_DAYS was "0"; it may be a whole number from 1 to 3650.'],
    ['LOG_PUSHES', '-5', 'LOG_PUSHES was "-5"; it may be a whole number from 1 to 10000000.'],
  ])('%s=%s', (name, value, line) => {
    expect(refusal({ [name]: value })).toBe(line)
  })

  it.each([
    'localhost:3000',
    'switchboard.example',
    'ftp://a.example',
    'https://a.example/app',
    'https://a.example/?x',
  ])('NEXTAUTH_URL=%s', (value) => {
    expect(refusal({ NEXTAUTH_URL: value })).toBe(
      `NEXTAUTH_URL was "${value}"; it may be an http or https origin without a path, such as https://switchboard.example.`,
    )
  })

  it.each(['mysql://db.example/x', 'db.example', 'postgres:'])('DATABASE_URL=%s', (value) => {
    expect(refusal({ DATABASE_URL: value })).toBe(
      `DATABASE_URL was "${value}"; it may be an address that begins with postgres:// or postgresql://.`,
    )
  })

  it.each(['http://cache.example', 'cache:6379'])('REDIS_URL=%s', (value) => {
    expect(refusal({ REDIS_URL: value })).toBe(
      `REDIS_URL was "${value}"; it may be an address that begins with redis:// or rediss://.`,
    )
  })

  it('several give a line each, in the order of the table', () => {
    expect(refusal({ LOG_LEVEL: 'loud', PORT: 'x' }).split('\n')).toEqual([
      expect.stringContaining('PORT was "x"'),
      expect.stringContaining('LOG_LEVEL was "loud"'),
    ])
  })
})

describe('a refusal never shows', () => {
  it('a secret', () => {
    const line = refusal({ NEXTAUTH_SECRET: 'hunter2' })
    expect(line).toBe('NEXTAUTH_SECRET was 7 characters (not shown); it may be any text of 32 characters or more.')
    expect(refusal({ METRICS_TOKEN: 'hunter2' })).toBe(
      'METRICS_TOKEN was 7 characters (not shown); it may be any text of 16 characters or more.',
    )
  })

  it('the password of an address, which is masked', () => {
    expect(refusal({ DATABASE_URL: 'mysql://ben:hunter2@db.example/x?ssl=1' })).toContain(
      'was "mysql://ben:***@db.example/x";',
    )
  })

  it.each([
    'mysql://:hunter2@db.example/x',
    'ben:hunter2@db.example',
    'mysql://ben:hunter2#1@db.example/x',
    'mysql://ben:hunter2/1@db.example/x',
    'mysql://ben:1/hunter2@db.example/x',
    'mysql://db.example/x?user=ben&password=hunter2',
    'https://ben:hunter2@a.example',
  ])('the password anywhere in %s', (value) => {
    expect(refusal({ DATABASE_URL: value })).not.toContain('hunter2')
    expect(refusal({ REDIS_URL: value })).not.toContain('hunter2')
    expect(refusal({ NEXTAUTH_URL: value })).not.toContain('hunter2')
  })
})

describe('settings that may not be together', () => {
  it.each([
    { HOST: '0.0.0.0', DATABASE_URL: database },
    { HOST: '::', DEMO: 'false' },
    { HOST: 'switchboard.example', DATABASE_URL: database, NEXTAUTH_URL: 'http://switchboard.example' },
  ])('a host that others can reach, without TLS: $HOST', (source) => {
    const line = refusal(source)
    expect(line).toContain(`HOST was "${source.HOST}", which others can reach, without TLS`)
    expect(line).toContain('NEXTAUTH_URL')
    expect(line).not.toContain('\n')
    expect(line).not.toContain('hunter2')
  })

  it('a trusted proxy without the address that people type', () => {
    expect(refusal({ TRUST_PROXY: '1' })).toContain('TRUST_PROXY was set without NEXTAUTH_URL')
  })

  it('REDIS_URL without the database and the secret that nodes share', () => {
    expect(refusal({ REDIS_URL: 'redis://cache.example' }).split('\n')).toEqual([
      expect.stringContaining('without DATABASE_URL'),
      expect.stringContaining('without NEXTAUTH_SECRET'),
    ])
  })
})

describe('what is read', () => {
  const defaults = {
    port: 3000,
    host: '127.0.0.1',
    dataDir: resolve('.data'),
    databaseUrl: undefined,
    redisUrl: undefined,
    nextauthUrl: undefined,
    nextauthSecret: undefined,
    logLevel: 'info',
    demo: true,
    demoOrders: 5_000,
    trustProxy: 0,
    sessionDays: 30,
    messageBytes: 65_536,
    callBurst: 40,
    callsPerSecond: 20,
    roomsPerSocket: 50,
    socketsPerSession: 20,
    handshakesPerMinute: 600,
    waitingBytes: 1_048_576,
    logDays: 30,
    logPushes: 10_000,
    outboundAllow: [],
    exchangeUrl: undefined,
    metricsToken: undefined,
    production: false,
  }

  it('the defaults, when nothing is given', () => {
    expect(readEnvironment({})).toEqual(defaults)
  })

  it('the defaults, when everything is given empty', () => {
    expect(readEnvironment(Object.fromEntries(settings.map(({ name }) => [name, ''])))).toEqual(defaults)
  })

  it('every setting', () => {
    const given = {
      PORT: '0',
      HOST: '0.0.0.0',
      DATA_DIR: '/srv/data',
      DATABASE_URL: database,
      REDIS_URL: 'rediss://:hunter2@cache.example:6379',
      NEXTAUTH_URL: 'https://switchboard.example/',
      NEXTAUTH_SECRET: secret,
      LOG_LEVEL: 'silent',
      DEMO: 'true',
      DEMO_ORDERS: '0',
      TRUST_PROXY: '1',
      SESSION_DAYS: '7',
      MESSAGE_BYTES: '1024',
      CALL_BURST: '3',
      CALLS_PER_SECOND: '2',
      ROOMS_PER_SOCKET: '100',
      SOCKETS_PER_SESSION: '1',
      HANDSHAKES_PER_MINUTE: '1000000',
      WAITING_BYTES: '1073741824',
      LOG_DAYS: '1',
      LOG_PUSHES: '10000000',
      OUTBOUND_ALLOW: 'ERP.internal:8080, 0177.1,[::0:1]:80',
      EXCHANGE_URL: 'wss://exchange.example/quotes',
      METRICS_TOKEN: secret,
    }
    expect(Object.keys(given)).toEqual(settings.map(({ name }) => name))
    expect(readEnvironment({ ...given, NODE_ENV: 'production' })).toEqual({
      port: 0,
      host: '0.0.0.0',
      dataDir: '/srv/data',
      databaseUrl: database,
      redisUrl: given.REDIS_URL,
      nextauthUrl: 'https://switchboard.example',
      nextauthSecret: secret,
      logLevel: 'silent',
      demo: false,
      demoOrders: 0,
      trustProxy: 1,
      sessionDays: 7,
      messageBytes: 1_024,
      callBurst: 3,
      callsPerSecond: 2,
      roomsPerSocket: 100,
      socketsPerSession: 1,
      handshakesPerMinute: 1_000_000,
      waitingBytes: 1_073_741_824,
      logDays: 1,
      logPushes: 10_000_000,
      outboundAllow: ['erp.internal:8080', '127.0.0.1', '[::1]:80'],
      exchangeUrl: 'wss://exchange.example/quotes',
      metricsToken: secret,
      production: true,
    })
  })

  it('a host that others can reach, in demonstration mode', () => {
    expect(readEnvironment({ HOST: '0.0.0.0' })).toMatchObject({ host: '0.0.0.0', demo: true })
  })

  it.each(['localhost', '127.0.0.2', '::1'])('the loopback host %s, without TLS', (host) => {
    expect(readEnvironment({ HOST: host, DATABASE_URL: database })).toMatchObject({ host, demo: false })
  })

  it('no demonstration mode, when DEMO is false', () => {
    expect(readEnvironment({ DEMO: 'false' }).demo).toBe(false)
  })
})

it('the table explains every setting', () => {
  for (const setting of settings) expect(setting.meaning, setting.name).toMatch(/^[A-Z].*\.$/)
})
