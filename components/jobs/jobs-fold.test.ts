import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Job } from '#channels/job'
import { jobsFold } from './jobs-fold'

/** Asked for at this moment. */
const jobAt = (createdAt: number): Job => ({
  id: randomUUID(),
  kind: 'report',
  title: 'Report over all orders',
  state: 'done',
  visibility: 'own',
  owner: { id: randomUUID(), name: 'ben' },
  done: 1,
  total: 1,
  failure: null,
  attempt: 1,
  cancelling: false,
  version: 1,
  createdAt,
  startedAt: createdAt,
  endedAt: createdAt,
})
const { changed } = jobsFold.pushes

test('a list ends where its next page begins: what changes further down comes with its page', () => {
  const [oldest, older, last, newest] = [jobAt(1), jobAt(2), jobAt(3), jobAt(4)]
  const state = { jobs: [newest, last], more: true }
  expect(changed(state, { ...oldest, version: 2 })).toEqual(state)
  const [page] = [{ jobs: [older, { ...oldest, version: 2 }], more: false }]
  const whole = jobsFold.outputs?.page?.(state, page)
  expect(whole?.jobs.map(({ createdAt }) => createdAt)).toEqual([4, 3, 2, 1])
  // What is in the list, is new, or is all there is, is shown as ever.
  expect(changed(state, { ...last, version: 2 }).jobs[1]?.version).toBe(2)
  expect(changed(state, jobAt(5)).jobs).toHaveLength(3)
  expect(changed({ ...state, more: false }, oldest).jobs).toHaveLength(3)
})
