import { describe, expect, test } from 'vitest'
import { mostHappenings } from '#channels/monitor'
import { CloseCounts } from './close-counts'
import { Timelines } from './timelines'

const node = '0190b6f0-0000-7000-8000-000000000001'
const joined = (about: string) => ({ socket: 'a', path: '/socket.io', what: 'joined', about, reason: null }) as const

describe('what happened to people', () => {
  test('of nobody known there is nothing', () => {
    expect(new Timelines().of('ben')).toEqual([])
  })

  test('the same in a row is counted in one place, with its last time', () => {
    const timelines = new Timelines()
    const refused = { socket: 'a', path: '/socket.io', what: 'refused', about: 'chat:post', reason: 'invalid' } as const
    timelines.note(node, 'ben', joined('chat/general'), 1)
    for (let at = 2; at < 1_000; at++) timelines.note(node, 'ben', refused, at)
    expect(timelines.of('ben')).toMatchObject([
      { number: 1, at: 1, what: 'joined', times: 1 },
      { number: 2, at: 999, what: 'refused', times: 998 },
    ])
  })

  test('of one person the last are kept, and of people those to whom something happened last', () => {
    const timelines = new Timelines()
    for (let room = 0; room < mostHappenings + 5; room++) timelines.note(node, 'ben', joined(`chat/${room}`))
    expect(timelines.of('ben')).toHaveLength(mostHappenings)
    expect(timelines.of('ben')[0]).toMatchObject({ number: 6, about: 'chat/5' })
    for (let person = 0; person < 499; person++) timelines.note(node, `${person}`, joined('chat/general'))
    timelines.note(node, 'ben', joined('chat/last'))
    timelines.note(node, 'one more', joined('chat/general'))
    expect(timelines.of('0')).toEqual([])
    expect(timelines.of('1')).toHaveLength(1)
    expect(timelines.of('ben').at(-1)).toMatchObject({ about: 'chat/last' })
  })
})

test('closes are counted by minute and reason, for an hour', () => {
  const closes = new CloseCounts()
  const start = 1_700_000_040_000
  closes.note('client', start)
  closes.note('client', start + 59_999)
  closes.note('revoked', start + 60_000)
  expect(closes.of(node, start + 60_000)).toEqual([
    { node, minute: start, reasons: [{ reason: 'client', closes: 2 }] },
    { node, minute: start + 60_000, reasons: [{ reason: 'revoked', closes: 1 }] },
  ])
  expect(closes.of(node, start + 3_600_000)).toMatchObject([{ minute: start + 60_000 }])
  expect(closes.of(node, start + 3_660_000)).toEqual([])
})
