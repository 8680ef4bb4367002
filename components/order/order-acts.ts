import { toast } from 'sonner'
import type { OrderChange } from '#channels/order'
import { knownVersion, type OrderState } from '#channels/order-field'
import { failureOf } from '#components/realtime/failure'
import type { LiveOrder } from './use-order'

export interface NewLine {
  productId: string
  siteId: string
  quantity: number
}

/** What is done to the order by a button. Each answers with why it did not work, or with nothing. */
export function orderActs({ room, fields, me, order, history, status }: LiveOrder) {
  const attempt = async (work: () => Promise<unknown> | undefined): Promise<string | undefined> => {
    try {
      if (status !== 'joined') return 'The line is cut. Try again when it is back.'
      await work()
    } catch (error) {
      return failureOf(error)
    }
  }
  const undo = (version: number) => attempt(() => room?.call('undo', { version }))
  return {
    become: (value: OrderState) =>
      attempt(() => room?.call('save', { field: 'state', value, version: knownVersion(fields, 'state') })),
    /** The same id again for the same line: it is not added twice when an answer was lost. */
    add: (id: string, line: NewLine) => attempt(() => room?.call('add', { id, ...line })),
    undo,
    remove: async (id: string) => {
      let made = 0
      const failure = await attempt(async () => {
        made = (await room?.call('remove', { id, version: knownVersion(fields, `line/${id}`) }))?.version ?? 0
      })
      if (failure) {
        toast.error('The line is still there.', { description: failure })
        return
      }
      const take = async () => {
        const failed = await undo(made)
        if (failed) toast.error('The line was not put back.', { description: failed })
      }
      // Pressed twice it is removed once, and said once.
      toast('Line removed.', { id: `removed ${id}`, action: { label: 'Undo', onClick: () => void take() } })
    },
    /** One's own last change, while its field is as one left it. */
    undoable: (change: OrderChange): boolean => {
      const own = history.find(({ by }) => by?.id === me.id)
      const closed = change.field === 'state' && (order.state === 'done' || order.state === 'cancelled')
      // What was cancelled in production goes back to open alone, by "Reopen".
      const reopens = me.role === 'admin' && !(change.after === 'cancelled' && change.before !== 'open')
      const allowed =
        change.field === 'state' ? !closed || reopens : order.state === 'open' || order.state === 'producing'
      return own === change && allowed && knownVersion(fields, change.field) === change.version
    },
  }
}
