import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Broadcast } from '#channels/broadcast'
import { broadcastFold } from './use-broadcast'

const { announced, withdrawn, dismissed } = broadcastFold.pushes
type State = ReturnType<typeof announced>
const empty: State = { standing: [], dismissed: [] }
const broadcast = (id: string, at: number): Broadcast => ({
  id,
  text: id,
  severity: 'info',
  audience: 'all',
  author: 'ada',
  at,
  expiresAt: null,
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

test('dismissing twice counts once', () => {
  const id = '0190b6f0-0000-7000-8000-000000000001'
  expect(dismissed(dismissed(empty, { id }), { id })).toEqual({ standing: [], dismissed: [id] })
})
