import { describe, expect, test } from 'vitest'
import { endpointName } from './endpoint-name'

describe('refused, naming the name and the reason', () => {
  test.each([
    '_next',
    'api',
    'socket.io',
    'ws',
    'xas',
    'debugger',
    'mxdevtools',
    '__proto__',
    'constructor',
    '.well-known',
    'XAS',
    '/xas',
    'xas/orders',
    'orders/api',
  ])('the reserved %s', (name) => {
    const given = name.replace('/xas', 'xas')
    expect(() => endpointName(name)).toThrow(`"${given}"`)
    expect(() => endpointName(name)).toThrow('is reserved')
  })

  test.each([
    '',
    '/',
    '//orders',
    'orders/',
    'Orders',
    'or ders',
    'orders?a',
    'orders%2f',
    '../orders',
    'ordérs',
    '-a',
    'a--b',
    'a/*',
  ])('the characters of "%s"', (name) => {
    expect(() => endpointName(name)).toThrow(/^Endpoint ".*": a name has a to z/)
  })

  test('one that is too long', () => {
    expect(() => endpointName('x'.repeat(65))).toThrow('at most 64 characters')
    expect(endpointName('x'.repeat(64))).toHaveLength(64)
  })
})

test.each([
  ['my-endpoint', 'my-endpoint'],
  ['/my-endpoint', 'my-endpoint'],
  ['orders/live', 'orders/live'],
  ['apis', 'apis'],
  ['7', '7'],
])('%s is the endpoint %s', (path, name) => {
  expect(endpointName(path)).toBe(name)
})
