import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { clientAddress, network } from './address'

function request(remoteAddress: string, forwarded?: string) {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress })
  return { socket, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }
}

describe('the client’s address', () => {
  test('is not what the client claims when no proxy is trusted', () => {
    expect(clientAddress(request('192.0.2.1', '203.0.113.9'), 0)).toBe('192.0.2.1')
  })

  test('is not what the client wrote to the left of the trusted entry', () => {
    expect(clientAddress(request('192.0.2.1', '198.51.100.7, 203.0.113.9'), 1)).toBe('203.0.113.9')
    expect(clientAddress(request('192.0.2.1', '1.1.1.1, 198.51.100.7, 203.0.113.9'), 2)).toBe('198.51.100.7')
  })

  test.each(['', 'unknown', '<script>', '203.0.113.9,'])('is the socket’s when the entry is %j', (forwarded) => {
    expect(clientAddress(request('192.0.2.1', forwarded), 1)).toBe('192.0.2.1')
  })

  test('is the socket’s when fewer proxies spoke than are trusted', () => {
    expect(clientAddress(request('192.0.2.1', '203.0.113.9'), 2)).toBe('192.0.2.1')
  })

  test.each([
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['2001:db8::7', '2001:db8::7'],
  ])('%s is written %s', (raw, plain) => {
    expect(clientAddress(request(raw), 0)).toBe(plain)
  })
})

describe('the network of an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('of %s is %s', (address, expected) => {
    expect(network(address)).toBe(expected)
  })
})
