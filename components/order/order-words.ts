import type { OrderLine } from '#channels/order'
import { type Field, type OrderPriority, type OrderState, partOf } from '#channels/order-field'
import type { ProductLine } from '#channels/product'
import type { Tone } from '#components/ui/tone-mark'

export const stateWords: Record<OrderState, string> = {
  open: 'Open',
  producing: 'In production',
  done: 'Done',
  cancelled: 'Cancelled',
}
export const stateTones: Record<OrderState, Tone> = {
  open: 'neutral',
  producing: 'warn',
  done: 'ok',
  cancelled: 'neutral',
}

export const priorityWords: Record<OrderPriority, string> = { low: 'Low', normal: 'Normal', high: 'High' }

export const lineWords: Record<ProductLine, string> = {
  brackets: 'Brackets',
  frames: 'Frames',
  rails: 'Rails',
  panels: 'Panels',
  fittings: 'Fittings',
  cases: 'Cases',
}

/** What the fields of an order are called on screen. */
export const fieldWords = {
  state: 'State',
  priority: 'Priority',
  dueOn: 'Due',
  reference: 'Reference',
  contact: 'Contact',
  note: 'Note',
} as const

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `24 Dec 2026`. Not by the language data of the machine: the server's may differ from the browser's. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`
}

/** A field as the name of a part of the page, and what is said of someone who is there. */
export function partWords(lines: OrderLine[]): Record<string, string> {
  const own = Object.entries(fieldWords).map(([field, label]) => [field, `at ${label.toLowerCase()}`])
  const parts = (['quantity', 'site'] as const).flatMap((part) =>
    lines.map(({ id, position }) => [
      partOf(`line/${id}/${part}` satisfies Field),
      `at the ${part} of line ${position}`,
    ]),
  )
  return { ...Object.fromEntries([...own, ...parts]), plan: 'at the delivery plan', history: 'at the history' }
}
