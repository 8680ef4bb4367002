import { z } from 'zod'
import { defineChannel, latest, type StateOf } from './contract'
import { day, mostLines, orderFields, orderPriority, orderState, quantity } from './order-field'
import { product, productLine } from './product'
import { unstorable } from './text'
import type { FirstPaint } from './wire'

export { mostLines, mostPieces, type OrderPriority, type OrderState, orderPriority, orderState } from './order-field'

/** The one room there is: every order is in it. */
export const ordersRoom = 'all'

const count = z.int().nonnegative()

/** How many orders a page of the list has, and up to how many are counted. */
export const pageLength = 25
export const mostCounted = 10_000

export const orderSort = z.enum(['placed', 'number', 'customer', 'due', 'total'])
export type OrderSort = z.infer<typeof orderSort>

/** `active` is what is open or being produced. */
export const stateFilter = z.enum(['active', ...orderState.options])

/**
 * Which orders, in which order. `line` is one that something of the order is made in; `search` is part of a number, a
 * reference or a customer's name, or a customer's number; `overdue` is what is active after its day. Pages count from 0.
 */
export const orderQuery = z.object({
  state: stateFilter.optional(),
  priority: orderPriority.optional(),
  line: productLine.optional(),
  overdue: z.boolean(),
  search: z
    .string()
    .trim()
    .max(80)
    .refine((value) => !unstorable.test(value)),
  sort: orderSort,
  descending: z.boolean(),
  page: z
    .int()
    .min(0)
    .max(mostCounted / pageLength - 1),
})
export type OrderQuery = z.infer<typeof orderQuery>

/** What the list shows when nothing else is asked for: the newest first. */
export const everyOrder: OrderQuery = { overdue: false, search: '', sort: 'placed', descending: true, page: 0 }

/** An order in the list. Pieces and lines are the sums over it; `overdue` is by the server's day. */
export const orderRow = z.object({
  id: z.uuid(),
  number: z.string(),
  version: count,
  customer: z.object({ number: z.int(), name: z.string(), city: z.string() }),
  state: orderState,
  priority: orderPriority,
  reference: z.string().nullable(),
  dueOn: z.string(),
  overdue: z.boolean(),
  placedAt: z.int(),
  totalCents: count,
  lines: count,
  pieces: count,
  produced: count,
})
export type OrderRow = z.infer<typeof orderRow>

/** `total` is at most `mostCounted`; `more` says that there are more than these. */
export const orderPage = z.object({ rows: z.array(orderRow).max(pageLength), total: count, more: z.boolean() })
export type OrderPage = z.infer<typeof orderPage>

/**
 * What a person orders, all for one place; its id is chosen by who places it, so that placing it again is safe. Ids
 * are as the database writes them, so that they can be compared.
 */
export const newOrder = z.object({
  id: z.uuid().toLowerCase(),
  customerId: z.uuid('Choose a customer.').toLowerCase(),
  siteId: z.uuid('Choose where it goes.').toLowerCase(),
  priority: orderPriority,
  dueOn: day,
  reference: orderFields.reference,
  contact: orderFields.contact,
  note: orderFields.note,
  lines: z
    .array(z.object({ productId: z.uuid('Choose a product.').toLowerCase(), quantity }))
    .min(1, 'An order has one line at least.')
    .max(mostLines, `An order has at most ${mostLines} lines.`),
})
export type NewOrder = z.input<typeof newOrder>

/** What was placed; also what a refusal with `conflict` carries as `theirs`. */
export const placedOrder = z.object({ id: z.uuid(), number: z.string() })
export type PlacedOrder = z.infer<typeof placedOrder>

/** For whom and what can be ordered now. */
export const choices = z.object({
  customers: z.array(
    z.object({
      id: z.uuid(),
      number: z.int(),
      name: z.string(),
      city: z.string(),
      sites: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
  ),
  products: z.array(product),
})
export type Choices = z.infer<typeof choices>

/**
 * The list of work orders. Its push says only that something in it has changed, and which orders it was: too many to
 * name when `ids` is empty, and of several pushes a slow screen gets the last alone. Screens then ask for the page they
 * show, and with it for the orders on screen as they are now, though they may be of this page no more (`shown`).
 * `place` answers `invalid` for a reference the customer has used, `not-found` for a customer, site or product there is
 * none of. Placed again under the same id it is the same order, whatever was done to it since; asked for with other
 * content than at first it is a `conflict`, and `theirs` is the order that there is.
 */
export const orders = defineChannel({
  name: 'orders',
  room: z.literal(ordersRoom),
  state: z.object({}),
  pushes: {
    changed: latest(z.object({ ids: z.array(z.uuid()).max(50) }), () => 'list'),
  },
  calls: {
    page: {
      input: z.object({ query: orderQuery, shown: z.array(z.uuid()).max(pageLength) }),
      output: z.object({ page: orderPage, shown: z.array(orderRow) }),
    },
    place: { input: newOrder, output: placedOrder },
    choices: { input: z.object({}), output: choices },
  },
})
export type OrdersPaint = FirstPaint<StateOf<typeof orders>>
