import type { OrderLine } from '#channels/order'
import { Button } from '#components/ui/button'
import { figure } from '#components/ui/figures.ts'
import { Notice } from '#components/ui/notice'

interface AddedAlreadyProps {
  /** Nothing where it was removed since. */
  line: OrderLine | undefined
  onClose: () => void
  /** Adds what stands in the form beside it. */
  onAnother: () => void
}

/** The answer was lost and the line was added all the same, as it was first asked for. */
export function AddedAlready({ line, onClose, onAnother }: AddedAlreadyProps) {
  const there = line && `The order has ${figure(line.quantity)} of ${line.product.name}.`
  return (
    <Notice tone="warn" role="alert" title="This line was added already">
      <p>{there ?? 'It was removed again since.'} What you have changed here since is not in it.</p>
      <p className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" onClick={onClose}>
          Close
        </Button>
        <Button size="sm" variant="ghost" onClick={onAnother}>
          Add this as one more
        </Button>
      </p>
    </Notice>
  )
}
