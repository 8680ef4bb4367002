import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { fromLoopback } from './loopback'

const direct = { trustProxy: 0 }

function request(remoteAddress: string | undefined, headers: Record<string, string> = {}) {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress })
  return { socket, headers: { host: 'localhost:3000', ...headers } }
}

test.each(['192.0.2.1', '::ffff:192.0.2.1', '2001:db8::7', '128.0.0.1', '0.0.0.0', '::', '', undefined])(
  'who comes from %s is not on this machine',
  (address) => {
    expect(fromLoopback(request(address), direct)).toBe(false)
  },
)

test.each(['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'])(
  'nor is whoever comes through a proxy on this machine, which added %s',
  (header) => {
    expect(fromLoopback(request('127.0.0.1', { [header]: '127.0.0.1' }), direct)).toBe(false)
    expect(fromLoopback(request('127.0.0.1', { [header]: '' }), direct)).toBe(false)
  },
)

test('nor anyone where a proxy is configured', () => {
  expect(fromLoopback(request('127.0.0.1'), { trustProxy: 1 })).toBe(false)
})

test('nor anyone where people type another address than the one listened on', () => {
  const { trustProxy } = direct
  expect(fromLoopback(request('127.0.0.1'), { trustProxy, nextauthUrl: 'https://switchboard.example' })).toBe(false)
  expect(fromLoopback(request('127.0.0.1'), { trustProxy, nextauthUrl: 'http://localhost:3000' })).toBe(true)
})

test.each(['elsewhere.example', 'localhost.elsewhere.example', '127.0.0.1.elsewhere.example', '192.0.2.1', '', '['])(
  'nor a page whose own name, %j, was made to lead here',
  (host) => {
    expect(fromLoopback(request('127.0.0.1', { host }), direct)).toBe(false)
  },
)

test.each([
  ['127.0.0.1', 'localhost:3000'],
  ['127.8.9.10', '127.0.0.1'],
  ['::1', '[::1]:3000'],
  ['::ffff:127.0.0.1', '127.0.0.1:3000'],
])('a program that asks from %s for %s is', (address, host) => {
  expect(fromLoopback(request(address, { host }), direct)).toBe(true)
})
