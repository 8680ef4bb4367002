import { orders } from '#channels/orders'
import { listOrders } from '#server/models/order-list'
import { placeOrder, readChoices } from '#server/models/order-new'
import { serve } from '#server/realtime/serve'

export const serveOrders = serve(orders, {
  // Every person of the shop sees all of its orders.
  authorize: () => {},
  state: async () => ({}),
  calls: {
    page: (_, input) => listOrders(input),
    place: (_, input) => placeOrder(input),
    choices: () => readChoices(),
  },
})
