import { type FieldValue, type OrderChange, orderLine, type WorkOrder } from '#channels/order'
import { orderField, orderPriority, orderState } from '#channels/order-field'
import { figure } from '#components/ui/figures.ts'
import { dayWords, fieldWords, priorityWords, stateWords } from './order-words'

export interface ChangeWords {
  /** `changed Due`, `added Hinge 80 to it`. */
  what: string
  /** What it was and what it is; nothing for a line as a whole. */
  from?: string
  to?: string
}

/** A change as a sentence without its person. Of a line that is gone since, only the history knows the product. */
export function changeWords({ field, before, after, undoes }: OrderChange, held: WorkOrder): ChangeWords {
  const [whole, id, part] = field.split('/')
  const verb = undoes === null ? 'changed' : 'took back'
  if (whole !== 'line') {
    const label = fieldWords[orderField.parse(field)].toLowerCase()
    return { what: `${verb} ${label}`, from: valueWords(field, before, held), to: valueWords(field, after, held) }
  }
  const line = held.lines.find((one) => one.id === id) ?? orderLine.safeParse(after ?? before).data
  const name = line?.product.name ?? 'a line that was removed since'
  if (part === undefined) {
    const done = after === null ? 'removed' : undoes === null ? 'added' : 'put back'
    return { what: `${done} ${name}${line ? `, ${figure(line.quantity)} pieces` : ''}` }
  }
  const values = { from: valueWords(part, before, held), to: valueWords(part, after, held) }
  return { what: `${verb} ${part} of ${name}`, ...values }
}

/** A value as a person reads it; `field` is one of the order, or `quantity` or `site` of a line. */
export function valueWords(field: string, value: FieldValue, { customer }: Pick<WorkOrder, 'customer'>): string {
  if (value === null || value === '') return 'nothing'
  if (typeof value === 'object') return `${figure(value.quantity)} of ${value.product.name}`
  if (typeof value === 'number') return figure(value)
  if (field === 'state') return stateWords[orderState.parse(value)]
  if (field === 'priority') return priorityWords[orderPriority.parse(value)]
  if (field === 'dueOn') return dayWords(value)
  if (field.endsWith('site')) return customer.sites.find(({ id }) => id === value)?.name ?? 'another site'
  return value
}
