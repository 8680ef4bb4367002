import { Plus } from 'lucide-react'
import { type SubmitEvent, useMemo, useState } from 'react'
import { quantity } from '#channels/order-field'
import type { Product } from '#channels/product'
import { newId } from '#components/realtime/new-id'
import { useAnswer } from '#components/realtime/use-answer'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { ErrorState } from '#components/ui/error-state'
import { Field } from '#components/ui/field'
import { money } from '#components/ui/figures.ts'
import { FormActions } from '#components/ui/form-actions'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { Select } from '#components/ui/select'
import { Loading, Skeleton } from '#components/ui/skeleton'
import { AddedAlready } from './added-already'
import { orderActs } from './order-acts'
import { ProductOptions } from './product-options'
import type { LiveOrder } from './use-order'

/** Adds a line at today's price. */
export function AddLineDialog({ live }: { live: LiveOrder }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Add a line"
      description={`To ${live.order.number}, at today’s price.`}
      trigger={<Button icon={<Plus aria-hidden className="size-4" />}>Add line</Button>}
    >
      {open && <AddLine live={live} onDone={() => setOpen(false)} />}
    </Dialog>
  )
}

function AddLine({ live, onDone }: { live: LiveOrder; onDone: () => void }) {
  const { room } = live
  const ask = useMemo(() => room && (() => room.call('products', {})), [room])
  const { answer, failure, again } = useAnswer(ask)

  if (failure) {
    return (
      <ErrorState title="The products could not be had" onRetry={again}>
        {failure}
      </ErrorState>
    )
  }
  if (answer) return <AddLineForm live={live} products={answer.products} onDone={onDone} />
  return (
    <Loading label="The products are on their way" className="grid gap-4">
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
    </Loading>
  )
}

function AddLineForm({ live, products, onDone }: { live: LiveOrder; products: Product[]; onDone: () => void }) {
  const { sites } = live.order.customer
  // One id for as long as the form is open: sent again, it is the same line.
  const [id, setId] = useState(newId)
  const [productId, setProductId] = useState(products[0]?.id ?? '')
  const [siteId, setSiteId] = useState(sites[0]?.id ?? '')
  const [pieces, setPieces] = useState('1')
  const [wrong, setWrong] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const count = quantity.safeParse(Number(pieces.trim() || Number.NaN))
  const price = products.find((one) => one.id === productId)?.priceCents ?? 0

  // The answer was lost, and the line has come all the same.
  const added = live.fields[`line/${id}`] !== undefined

  async function add(as: string) {
    setFailure(undefined)
    if (!count.success) return setWrong(count.error.issues[0]?.message)
    setBusy(true)
    const failed = await orderActs(live).add(as, { productId, siteId, quantity: count.data })
    setBusy(false)
    setFailure(failed)
    if (!failed) onDone()
  }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    void add(id)
  }

  function addAnother() {
    const next = newId()
    setId(next)
    void add(next)
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {added && !busy && (
        <AddedAlready line={live.order.lines.find((one) => one.id === id)} onClose={onDone} onAnother={addAnother} />
      )}
      {failure && !added && (
        <Notice tone="danger" role="alert" title="Not added">
          {failure}
        </Notice>
      )}
      <Field label="Product" hint={`${money(price)} each`}>
        {(control) => (
          <Select {...control} value={productId} onChange={(event) => setProductId(event.target.value)}>
            <ProductOptions products={products} />
          </Select>
        )}
      </Field>
      <Field label="To">
        {(control) => (
          <Select {...control} value={siteId} onChange={(event) => setSiteId(event.target.value)}>
            {sites.map((site) => (
              <option key={site.id} value={site.id}>
                {site.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Quantity" error={wrong}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            className="max-w-32"
            value={pieces}
            onChange={(event) => {
              setPieces(event.target.value)
              setWrong(undefined)
            }}
          />
        )}
      </Field>
      <FormActions submit="Add line" busy={busy} onCancel={onDone}>
        <p className="text-sm tabular-nums">{count.success && money(count.data * price)}</p>
      </FormActions>
    </form>
  )
}
