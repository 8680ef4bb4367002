import type { PlacedOrder } from '#channels/orders'
import { Button, buttonClass } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { Notice } from '#components/ui/notice'

interface AlreadyPlacedProps {
  placed: PlacedOrder
  /** Places what stands in the form beside it. */
  onAnother: () => void
}

/** The answer was lost, and the form was changed since: what was asked for first is the order. */
export function AlreadyPlaced({ placed: { id, number }, onAnother }: AlreadyPlacedProps) {
  return (
    <Notice tone="warn" role="alert" title={`Order ${number} was placed already`}>
      <p>
        It is as you first asked for it. What you have changed here since is not in it, and nothing was placed just now.
      </p>
      <p className="mt-2 flex flex-wrap gap-2">
        <Link href={`/orders/${id}`} className={buttonClass({ size: 'sm' })}>
          Open {number}
        </Link>
        <Button size="sm" variant="ghost" onClick={onAnother}>
          Place this as one more
        </Button>
      </p>
    </Notice>
  )
}
