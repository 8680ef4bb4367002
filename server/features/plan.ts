import { plan } from '#channels/plan'
import { readPlan, requireOrder } from '#server/models/order-plan'
import { calculatePlan, cancelPlan } from '#server/models/order-plan-run'
import { serve } from '#server/realtime/serve'

export const servePlan = serve(plan, {
  authorize: ({ room }) => requireOrder(room),
  state: ({ room }) => readPlan(room),
  calls: {
    calculate: ({ session, room }, { effort }) => calculatePlan(session.user, room, effort),
    cancel: async ({ session, room }, { run }) => {
      await cancelPlan(session.user, room, run)
      return { run }
    },
  },
})
