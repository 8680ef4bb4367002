import { Plus } from 'lucide-react'
import type { SubmitEvent } from 'react'
import { type Choices, mostLines, orderPriority } from '#channels/orders'
import { priorityWords } from '#components/order/order-words.ts'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { money } from '#components/ui/figures.ts'
import { FormActions } from '#components/ui/form-actions'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { Select } from '#components/ui/select'
import { AlreadyPlaced } from './already-placed'
import type { OrdersRoom } from './new-order-dialog'
import { NewOrderLine } from './new-order-line'
import { useNewOrder } from './use-new-order'

interface NewOrderFormProps {
  room: OrdersRoom
  choices: Choices
  onClose: () => void
}

const priorities = orderPriority.options.map((value) => ({ value, label: priorityWords[value] }))

export function NewOrderForm({ room, choices, onClose }: NewOrderFormProps) {
  const form = useNewOrder(room, choices)
  const { wish, lines, change, issue, customer, failure, already } = form

  function submit(event: SubmitEvent) {
    event.preventDefault()
    void form.place()
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {failure && (
        <Notice tone="danger" role="alert" title="Not placed">
          {failure}
        </Notice>
      )}
      {already && <AlreadyPlaced placed={already} onAnother={form.placeAnother} />}
      <Field label="Customer" error={issue('customerId')}>
        {(control) => (
          <Select
            {...control}
            value={wish.customerId}
            onChange={(event) => {
              const next = choices.customers.find((one) => one.id === event.target.value)
              change({ customerId: event.target.value, siteId: next?.sites[0]?.id ?? '' })
            }}
          >
            {choices.customers.map(({ id, name, city }) => (
              <option key={id} value={id}>
                {name}, {city}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-4 wide:grid-cols-2">
        <Field label="To" error={issue('siteId')}>
          {(control) => (
            <Select {...control} value={wish.siteId} onChange={(event) => change({ siteId: event.target.value })}>
              {customer?.sites.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Due" error={issue('dueOn')}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={wish.dueOn}
              onChange={(event) => change({ dueOn: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Segmented
        legend="Priority"
        name="priority"
        options={priorities}
        value={wish.priority}
        onValueChange={(priority) => change({ priority })}
      />
      <Field label="Reference" hint="The customer’s own name for it. May be empty." error={issue('reference')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={wish.reference}
            onChange={(event) => change({ reference: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="grid gap-3">
        <legend className="mb-1.5 text-sm font-medium">Lines</legend>
        {lines.map((line, nth) => (
          <NewOrderLine key={line.key} form={form} products={choices.products} line={line} nth={nth} />
        ))}
        {lines.length < mostLines && (
          <Button className="justify-self-start" icon={<Plus aria-hidden className="size-4" />} onClick={form.addLine}>
            Another line
          </Button>
        )}
      </fieldset>
      <FormActions submit="Place order" busy={form.busy} onCancel={onClose}>
        <p className="text-sm font-medium tabular-nums">{money(form.total)}</p>
      </FormActions>
    </form>
  )
}
