import { type MouseEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { orderActs } from './order-acts'
import type { LiveOrder } from './use-order'

/** Where the order can go from where it is. What only an admin can take back asks once. */
export function StateActions({ live }: { live: LiveOrder }) {
  const { order, me } = live
  const { become } = orderActs(live)
  const pieces = order.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (order.state === 'done' || order.state === 'cancelled') {
    if (me.role !== 'admin') return null
    const back = order.state === 'done' ? 'producing' : 'open'
    return <Step onStep={() => become(back)}>Reopen</Step>
  }
  const open = order.state === 'open'
  return (
    <div className="flex flex-wrap items-center gap-2 max-wide:basis-full">
      <ConfirmDialog
        trigger={<Button>Cancel order</Button>}
        title={`Cancel ${order.number}?`}
        description="Nothing of it is made any more, and nobody can edit it. An admin can reopen it."
        confirm="Cancel order"
        variant="danger"
        onConfirm={() => become('cancelled')}
      />
      {/* One button for there and back: whoever has pressed it by the keyboard is still on it. */}
      <Step primary={open} onStep={() => become(open ? 'producing' : 'open')}>
        {open ? 'Start production' : 'Stop production'}
      </Step>
      {!open && (
        <ConfirmDialog
          trigger={<Button variant="primary">Mark as done</Button>}
          title={`Is ${order.number} done?`}
          description={`Its ${pieces.toLocaleString('en-GB')} pieces are taken out of stock, and nobody can edit it. An admin can reopen it.`}
          confirm="Mark as done"
          onConfirm={() => become('done')}
        />
      )}
    </div>
  )
}

interface StepProps {
  primary?: boolean
  onStep: () => Promise<string | undefined>
  children: string
}

function Step({ primary, onStep, children }: StepProps) {
  const [busy, setBusy] = useState(false)
  async function press({ detail }: MouseEvent) {
    // The second of two clicks was meant for what the button was before the first.
    if (detail > 1) return
    setBusy(true)
    const failure = await onStep()
    setBusy(false)
    if (failure) toast.error('The state is as it was.', { description: failure })
  }
  return (
    <Button variant={primary ? 'primary' : 'secondary'} busy={busy} onClick={(event) => void press(event)}>
      {children}
    </Button>
  )
}
