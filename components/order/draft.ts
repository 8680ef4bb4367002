import { type Theirs, theirs } from '#channels/order'
import { type LineField, type OrderField, type OrderValue, partsOfLine } from '#channels/order-field'
import { CallRefused } from '#components/realtime/call'
import { failureOf } from '#components/realtime/failure'

export type Named = OrderField | LineField

/**
 * What a person has put into a field. `version` is that of the field when they began: another since is a conflict.
 * `unsent` is what the server has not answered, and is sent again; `refused` waits for another value.
 */
export interface Draft {
  text: string
  /** What it was when they began: left as it was, there is nothing to save. */
  began?: string
  version: number
  phase: 'editing' | 'saving' | 'saved' | 'unsent' | 'refused' | 'conflict'
  message?: string
  theirs?: Theirs
}

/** Why it was not saved, and what becomes of it. */
export function failed(error: unknown): Pick<Draft, 'phase' | 'message' | 'theirs'> {
  const message = failureOf(error)
  const { code, theirs: given } = error instanceof CallRefused ? error.refused : {}
  const conflict = theirs.safeParse(given).data
  if (conflict) return { phase: 'conflict', message, theirs: conflict }
  const passing = code === 'unavailable' || code === 'rate-limited' || code === 'internal' || code === 'not-joined'
  return { phase: passing ? 'unsent' : 'refused', message }
}

/** Whether it would be lost with the page. */
export function isUnsaved({ phase, text, began }: Draft): boolean {
  return phase === 'editing' ? text !== began : phase !== 'saved'
}

export function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

/** What the control's text stands for. */
export function valueFrom(field: Named, text: string): OrderValue {
  // An empty text is no number, though JavaScript makes it 0.
  return partsOfLine(field)?.[1] === 'quantity' ? Number(text.trim() || Number.NaN) : text
}
