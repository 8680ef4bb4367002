import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Reservation } from '#channels/number'
import { NumberAnnouncer } from './number-announcer'
import { TimeLeft } from './time-left'

const until = Date.UTC(2026, 10, 21, 12, 0, 0)
const at = (left: number) => renderToStaticMarkup(<TimeLeft until={until} now={until - left} />)
const own: Reservation[] = ['IN-1', 'IN-2'].map((number, nth) => ({
  id: number,
  year: 2026,
  value: nth + 1,
  number,
  by: { id: 'me', name: 'ben' },
  state: 'reserved',
  at: until - 120_000,
  until: until + nth * 60_000,
  settledAt: null,
}))
const said = (left: number) =>
  renderToStaticMarkup(<NumberAnnouncer me="me" own={own} wentBack={[]} confirmed={[]} now={until - left} />)

test.each([
  [120_000, '2:00'],
  [119_001, '2:00'],
  [60_000, '1:00'],
  [59_999, '1:00'],
  [1, '0:01'],
  [0, 'goes back'],
  [-5_000, 'goes back'],
])('with %i ms left it says %s', (left, words) => {
  expect(at(left)).toContain(`data-countdown="true">${words}<`)
})

test('the last 15 seconds are marked, by a shape too', () => {
  expect(at(15_001)).not.toContain('<svg')
  expect(at(15_000)).toContain('<svg')
})

test('until the server’s time is known it shows the time of day', () => {
  const unknown = renderToStaticMarkup(<TimeLeft until={until} now={undefined} />)
  expect(unknown).toContain('until')
  expect(unknown).not.toContain('data-countdown')
})

test('what is read out of the last 15 seconds is the same in each of them', () => {
  expect(said(15_001)).not.toContain('goes back')
  expect(said(15_000)).toContain('IN-1 goes back in 15 seconds. Confirm it to keep it.')
  expect(said(3_000)).toBe(said(15_000))
  expect(said(3_000)).not.toContain('IN-2 goes back')
})
