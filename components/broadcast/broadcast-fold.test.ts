import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Broadcast } from '#channels/broadcast'
import { broadcastFold } from './broadcast-fold'

const { announced, edited, withdrawn, dismissed, acknowledged, kept } = broadcastFold.pushes
type State = ReturnType<typeof announced>
const empty: State = { standing: [], done: [], history: [], receipts: [] }
const broadcast = (id: string, at: number, version = 0): Broadcast => ({
  id,
  version,
  text: id,
  severity: 'info',
  audience: 'all',
  to: null,
  author: 'ada',
  at,
  startsAt: at,
  expiresAt: null,
  countsTo: null,
  dismissible: true,
  mustAcknowledge: false,
  editedAt: null,
})
const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 20 })

test('what is announced and not withdrawn stands, in the order of time, told twice or not', () => {
  fc.assert(
    fc.property(ids, fc.nat(), fc.boolean(), (all, some, twice) => {
      const gone = all.filter((_, index) => index % 2 === some % 2)
      const changes = [
        ...all.map((id, at) => (state: State) => announced(state, broadcast(id, at))),
        ...gone.map((id) => (state: State) => withdrawn(state, { id })),
      ].flatMap((change) => (twice ? [change, change] : [change]))
      const { standing } = changes.reduce((state, change) => change(state), empty)
      expect(standing.map(({ id }) => id)).toEqual(all.filter((id) => !gone.includes(id)))
    }),
  )
})

const id = '0190b6f0-0000-7000-8000-000000000001'

test('an edit that is older than what is known changes nothing', () => {
  const state = edited(announced(empty, broadcast(id, 1, 2)), broadcast(id, 9, 1))
  expect(state.standing).toEqual([broadcast(id, 1, 2)])
  expect(edited(state, broadcast(id, 9, 3)).standing).toEqual([broadcast(id, 9, 3)])
})

test('to dismiss and to acknowledge, once or twice, is to be done with it', () => {
  expect(dismissed(acknowledged(dismissed(empty, { id }), { id }), { id }).done).toEqual([id])
})

test('the history is told newest first, each entry as it is now', () => {
  const entry = { ...broadcast(id, 1), withdrawnAt: null }
  const newer = { ...entry, id: '0190b6f0-0000-7000-8000-000000000002', at: 2 }
  const state = [entry, newer, { ...entry, withdrawnAt: 5 }].reduce(kept, empty)
  expect(state.history).toEqual([newer, { ...entry, withdrawnAt: 5 }])
})
