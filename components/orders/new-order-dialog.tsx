import { Plus } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { orders } from '#channels/orders'
import type { Room } from '#components/realtime/room'
import { useAnswer } from '#components/realtime/use-answer'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { ErrorState } from '#components/ui/error-state'
import { Loading, Skeleton } from '#components/ui/skeleton'
import { NewOrderForm } from './new-order-form'

export type OrdersRoom = Room<typeof orders>

/** Places an order, and goes to it. */
export function NewOrderDialog({ room }: { room: OrdersRoom | undefined }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="New order"
      description="At the prices of the moment it is placed."
      trigger={
        <Button variant="primary" icon={<Plus aria-hidden className="size-4" />}>
          New order
        </Button>
      }
    >
      {open && room && <Chosen room={room} onClose={() => setOpen(false)} />}
    </Dialog>
  )
}

function Chosen({ room, onClose }: { room: OrdersRoom; onClose: () => void }) {
  const ask = useCallback(() => room.call('choices', {}), [room])
  const { answer: choices, failure, again } = useAnswer(ask)

  if (failure) {
    return (
      <ErrorState title="What can be ordered could not be had" onRetry={again}>
        {failure}
      </ErrorState>
    )
  }
  if (choices) return <NewOrderForm room={room} choices={choices} onClose={onClose} />
  return (
    <Loading label="What can be ordered is on its way" className="grid gap-4">
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-24" />
    </Loading>
  )
}
