import { expect, test } from 'vitest'
import type { Feed } from '#channels/ticker'
import { feedWords } from './feed-words'

const live: Feed = {
  state: 'live',
  heardAt: 1_000,
  retryAt: null,
  problem: null,
  uri: 'ws://127.0.0.1/ws/exchange',
  perSecond: 500,
  refused: 0,
  own: true,
  stopped: null,
}
const by = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'ada' }
const joined = { status: 'joined', quiet: false } as const

test('a line that is cut, a server that is silent and an exchange that is make the quotes stale', () => {
  const since = { state: 'stale', words: 'No quotes since', at: 1_000 }
  for (const [hearing, next] of [
    [{ ...joined, status: 'offline', feed: live }, 'The line is cut. Reconnecting.'],
    [{ ...joined, status: 'ended', feed: live }, 'The session has ended.'],
    [{ ...joined, quiet: true, feed: live }, 'The server is silent. Waiting for it.'],
    [{ ...joined, feed: { ...live, state: 'silent' } }, 'Trying again.'],
    [{ ...joined, feed: { ...live, state: 'away' } }, 'Trying again.'],
    [
      { ...joined, feed: { ...live, state: 'away', stopped: { how: 'closed', by, at: 2 } } },
      'ada has stopped the exchange.',
    ],
  ] as const) {
    expect(feedWords(hearing)).toMatchObject({ ...since, next })
  }
})

test('without a quote there is no moment since when', () => {
  expect(feedWords({ ...joined, feed: { ...live, heardAt: null, state: 'away' } })).toMatchObject({
    state: 'stale',
    words: 'No quotes yet',
    at: null,
  })
})

test('what has only begun is not stale', () => {
  expect(feedWords({ status: 'joining', quiet: false, feed: undefined }).state).toBe('waiting')
  expect(feedWords({ ...joined, feed: { ...live, state: 'connecting' } }).state).toBe('waiting')
  expect(feedWords({ ...joined, feed: live }).state).toBe('live')
})
