import fc from 'fast-check'
import { z } from 'zod'
import { defineChannel, latest } from '#channels/contract'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import type { Trial } from './test-trial'

const gauge = z.object({ name: z.string(), value: z.number() })
const gauges = defineChannel({
  name: 'gauges',
  room: z.string(),
  state: z.object({}),
  pushes: { read: latest(gauge, ({ name }) => name) },
  calls: {},
})
export const serveGauges = serve(gauges, { authorize: () => {}, state: async () => ({}), calls: {} })
/** Random readings of two gauges, of which the last of each counts. */
export const gaugeTrial: Trial<typeof gauges, z.infer<typeof gauge>> = {
  channel: gauges,
  fold: { pushes: {} },
  people: ['ada', 'ben'],
  rooms: (_, run) => [`trial-${run}`],
  operations: fc.record({ name: fc.constantFrom('oil', 'water'), value: fc.nat() }, { noNullPrototype: true }),
  async operate({ present: [visit] }, read) {
    // What is read before anyone is there would come with the answer to a join, and no push would be needed.
    if (visit?.room.applied !== undefined) await publish(gauges, visit.room.name, 'read', read)
    return []
  },
}
