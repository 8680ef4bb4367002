import { order } from '#channels/order'
import { addLine, removeLine } from '#server/models/order-line'
import { hasOrder, readOrder } from '#server/models/order-row'
import { saveField } from '#server/models/order-save'
import { undoChange } from '#server/models/order-undo'
import { listProducts } from '#server/models/product-list'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveOrder = serve(order, {
  authorize: async ({ room }) => {
    if (!(await hasOrder(room))) refuse('not-found', 'There is no such order.')
  },
  state: ({ room }) => readOrder(room),
  calls: {
    save: ({ session, room }, input) => saveField(session.user, room, input),
    add: ({ session, room }, input) => addLine(session.user, room, input),
    remove: ({ session, room }, input) => removeLine(session.user, room, input),
    undo: ({ session, room }, input) => undoChange(session.user, room, input),
    products: async () => ({ products: await listProducts() }),
  },
})
