import { money } from '#components/ui/figures.ts'
import { Input } from '#components/ui/input'
import { LocalTime } from '#components/ui/local-time'
import { Select } from '#components/ui/select'
import { Textarea } from '#components/ui/textarea'
import { OrderField } from './order-field'
import { fieldWords, priorityWords } from './order-words'
import type { LiveOrder } from './use-order'

/** The fields of the order itself, each saved when it is left. */
export function OrderDetails({ live, closed }: { live: LiveOrder; closed: boolean }) {
  const { customer, placedAt, doneAt, totalCents } = live.order
  const facts: [string, React.ReactNode][] = [
    ['Customer', `${customer.name}, ${customer.city}`],
    ['Number', customer.number],
    ['Placed', <LocalTime key="placed" at={placedAt} form="datetime" />],
    ...(doneAt === null
      ? []
      : [['Done', <LocalTime key="done" at={doneAt} form="datetime" />] satisfies [string, React.ReactNode]]),
    ['Total', money(totalCents)],
  ]
  return (
    <div className="grid grid-cols-1 gap-4">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm wide:grid-cols-4">
        {facts.map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-xs text-ink-3">{name}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="grid grid-cols-1 gap-x-6 gap-y-2 wide:grid-cols-2">
        <OrderField live={live} field="dueOn" label={fieldWords.dueOn} closed={closed}>
          {(control) => <Input type="date" {...control} />}
        </OrderField>
        <OrderField live={live} field="priority" label={fieldWords.priority} closed={closed}>
          {(control) => (
            <Select {...control}>
              {Object.entries(priorityWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </OrderField>
        <OrderField live={live} field="reference" label={fieldWords.reference} closed={closed}>
          {(control) => <Input autoComplete="off" dir="auto" {...control} />}
        </OrderField>
        <OrderField live={live} field="contact" label={fieldWords.contact} closed={closed}>
          {(control) => <Input autoComplete="off" dir="auto" {...control} />}
        </OrderField>
        <div className="wide:col-span-2">
          <OrderField live={live} field="note" label={fieldWords.note} closed={closed}>
            {(control) => <Textarea rows={3} dir="auto" {...control} />}
          </OrderField>
        </div>
      </div>
    </div>
  )
}
