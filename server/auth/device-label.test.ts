import { expect, test } from 'vitest'
import { deviceLabel } from './device-label'

const mozilla = 'Mozilla/5.0'

test.each([undefined, null, '', 'x', '<b>hello</b>/1 x', `${'y'.repeat(300)}/1.0 z`, '\u202e\u0000/1 x'])(
  '%j is an unknown device',
  (userAgent) => {
    expect(deviceLabel(userAgent)).toBe('Unknown device')
  },
)

test.each([
  [`${mozilla} (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0`, 'Firefox on Linux'],
  [
    `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`,
    'Microsoft Edge on macOS',
  ],
  [
    `${mozilla} (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1`,
    'Safari on iOS',
  ],
])('%s', (userAgent, label) => {
  expect(deviceLabel(userAgent)).toBe(label)
})

test('stays short however long the header is', () => {
  expect(deviceLabel(`${mozilla} (X11; Linux) Firefox/1 ${'z'.repeat(100_000)}`).length).toBeLessThan(70)
})
