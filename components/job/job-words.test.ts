import { expect, test } from 'vitest'
import type { Job } from '#channels/job'
import { farInWords, hasSay, howFar, lengthInWords, stateOf } from './job-words'

const owner = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'ben' }
const job: Job = {
  id: '0190b6f0-0000-7000-8000-000000000002',
  kind: 'report',
  title: 'Report over all orders',
  state: 'running',
  visibility: 'own',
  owner,
  done: 10,
  total: 100,
  failure: null,
  attempt: 2,
  cancelling: false,
  version: 3,
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
}
const told = { id: job.id, attempt: 2, done: 40, total: 100, rate: 12, at: 5 }

test('how far it is goes by what was told of this very run, and of no other', () => {
  expect(howFar(job, told)).toMatchObject({ done: 40, rate: 12 })
  expect(howFar(job, undefined)).toMatchObject({ done: 10, rate: null })
  // Told by a run that has died since.
  expect(howFar(job, { ...told, attempt: 1 })).toMatchObject({ done: 10 })
  expect(howFar({ ...job, cancelling: true }, told)).toMatchObject({ done: 10 })
  expect(howFar({ ...job, state: 'done', done: 100 }, told)).toMatchObject({ done: 100, rate: null })
})

test('numbers and times in words', () => {
  expect(farInWords(job, { done: 1_200, total: 5_000 })).toBe('1,200 of 5,000 orders')
  expect(farInWords(job, { done: 1, total: null })).toBe('1 order')
  expect([900, 59_400, 61_000, 3_725_000].map(lengthInWords)).toEqual(['1 s', '59 s', '1 min 1 s', '1 h 2 min'])
})

test('it says that it stops, or takes back, while it still runs', () => {
  expect(stateOf(job).label).toBe('Running')
  expect(stateOf({ ...job, cancelling: true }).label).toBe('Stopping')
  expect(stateOf({ ...job, failure: 'It broke.' }).label).toBe('Taking back')
})

test('its owner and admins have a say, and nobody else', () => {
  expect(hasSay({ ...owner, role: 'member' }, job)).toBe(true)
  expect(hasSay({ id: 'other', name: 'ada', role: 'admin' }, job)).toBe(true)
  expect(hasSay({ id: 'other', name: 'cleo', role: 'member' }, job)).toBe(false)
})
