import { z } from 'zod'
import { unstorable } from './text'

export const orderState = z.enum(['open', 'producing', 'done', 'cancelled'])
export type OrderState = z.infer<typeof orderState>

export const orderPriority = z.enum(['low', 'normal', 'high'])
export type OrderPriority = z.infer<typeof orderPriority>

/** How much one line may ask for, and how many lines one order may have: its sum must fit its column. */
export const mostPieces = 1_000
export const mostLines = 50

/** Text that may be empty: trimmed, and nothing the database would refuse later. */
function words(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max.toLocaleString('en')} characters.`)
    .refine((value) => !unstorable.test(value), 'It holds characters that cannot be stored.')
}

/** How many pieces one line may ask for. */
export const quantity = z
  .int('Give a whole number of pieces.')
  .min(1, 'At least one piece.')
  .max(mostPieces, `At most ${mostPieces.toLocaleString('en')} pieces.`)

/** A day, as `2026-12-24`. */
export const day = z.iso
  .date({ error: 'Choose a day.', abort: true })
  .refine((value) => value >= '2000-01-01' && value <= '2099-12-31', 'Choose a day of this century.')

/** The fields of an order that a person changes, and what each may hold. */
export const orderFields = {
  state: orderState,
  priority: orderPriority,
  dueOn: day,
  reference: words(60)
    .nullable()
    .transform((value) => value || null),
  contact: words(120),
  note: words(2_000),
}
export const orderField = z.enum(['state', 'priority', 'dueOn', 'reference', 'contact', 'note'])
export type OrderField = z.infer<typeof orderField>

/** Those of a line. `site` is the id of one of the customer's. */
export const lineFields = { quantity, site: z.uuid().toLowerCase() }
export const lineField = z.templateLiteral(['line/', z.uuid(), '/', z.enum(['quantity', 'site'])])
export type LineField = z.infer<typeof lineField>

/** A field as the history names it; `line/<id>` is a line as a whole. */
export const field = z.union([orderField, lineField, z.templateLiteral(['line/', z.uuid()])])
export type Field = z.infer<typeof field>

export const orderValue = z.union([z.string(), z.number(), z.null()])
export type OrderValue = z.infer<typeof orderValue>

/** `[line id, 'quantity' | 'site']` of a field of a line; nothing for one of the order itself. */
export function partsOfLine(name: OrderField | LineField): [string, 'quantity' | 'site'] | undefined {
  const [, id = '', part] = name.split('/')
  return part === 'quantity' || part === 'site' ? [id, part] : undefined
}

/** What this field may hold. */
export function schemaOf(name: OrderField | LineField): z.ZodType<OrderValue> {
  const line = partsOfLine(name)
  return line ? lineFields[line[1]] : orderFields[orderField.parse(name)]
}

/** What a screen saves: `version` is the one at which it knew the field (`knownVersion`), 0 before its first change. */
export const savedField = z
  .object({ field: z.union([orderField, lineField]), value: orderValue, version: z.int().nonnegative() })
  .transform((input, context) => {
    const parsed = schemaOf(input.field).safeParse(input.value)
    if (parsed.success) return { ...input, value: parsed.data }
    for (const { message } of parsed.error.issues) context.addIssue({ code: 'custom', path: ['value'], message })
    return z.NEVER
  })
export type SavedField = z.output<typeof savedField>

/**
 * The version at which the field was changed last; for one of a line, also when the line itself came or went, and for
 * a line as a whole, also when anything in it changed. 0 when it never was.
 */
export function knownVersion(fields: Record<string, { version: number }>, name: Field): number {
  const whole = name.split('/').slice(0, 2).join('/')
  const versions = Object.entries(fields).flatMap(([key, { version }]) =>
    key === name || key === whole || (name === whole && key.startsWith(`${whole}/`)) ? version : [],
  )
  return Math.max(0, ...versions)
}

/** The field as the name of a part of the page, where presence knows people to be (channels/presence.ts). */
export function partOf(name: Field): string {
  return name.replaceAll('/', '.')
}
