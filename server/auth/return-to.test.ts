import { expect, test } from 'vitest'
import { safeReturnTo } from './return-to'

test.each([
  undefined,
  null,
  7,
  '',
  'chat',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example/x',
  '/%2e//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/sign-in?returnTo=/',
  '/api/auth/signout',
])('%j leads to the start', (path) => {
  expect(safeReturnTo(path)).toBe('/')
})

test.each([
  ['/chat/general', '/chat/general'],
  ['/chat?q=a%20b&_rsc=1x2y', '/chat?q=a+b'],
  ['/sign-ins', '/sign-ins'],
])('%s leads to %s', (path, target) => {
  expect(safeReturnTo(path)).toBe(target)
})
