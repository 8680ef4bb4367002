import type { plan } from '#channels/plan'
import type { Fold } from '#components/realtime/fold'

export const planFold: Fold<typeof plan> = {
  pushes: {
    began: (state, running) => ({ ...state, running }),
    // The end of an earlier calculation does not end a later one, which may have been loaded before.
    ended: (state, { run, outcome }) => ({
      running: state.running?.run === run ? null : state.running,
      plan: outcome.is === 'done' ? outcome.plan : state.plan,
    }),
  },
}
