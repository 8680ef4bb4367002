import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvironment, SettingError, settings } from './env'

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
    ['TRUST_PROXY', 'true', 'TRUST_PROXY was "true"; it may be a whole number from 0 to 9.'],
    ['SESSION_DAYS', '0', 'SESSION_DAYS was "0"; it may be a whole number from 1 to 365.'],
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
  it('the secret', () => {
    const line = refusal({ NEXTAUTH_SECRET: 'hunter2' })
    expect(line).toBe('NEXTAUTH_SECRET was 7 characters (not shown); it may be any text of 32 characters or more.')
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
    trustProxy: 0,
    sessionDays: 30,
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
      TRUST_PROXY: '1',
      SESSION_DAYS: '7',
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
      trustProxy: 1,
      sessionDays: 7,
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
