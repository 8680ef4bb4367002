import { z } from 'zod'

/**
 * An id that says nothing about what it names. Branded, so that a schema made of it differs in type from one of
 * texts, and a text that nobody parsed cannot be published as an id.
 */
export const id = z.uuid().brand<'id'>()
export type Id = z.output<typeof id>

/** All that a push of a confidential channel may carry. The second half refuses an object that lets other fields through. */
export type IdsOnly = z.ZodObject<Record<string, typeof id>> & z.ZodType<Record<string, Id>>

/**
 * Whether what this schema lets through is an object whose every field is an `id`, and no field beside those named.
 * A check or a transformation of its own could put anything in, so it may have none.
 */
export function isIdsOnly(schema: z.ZodType): schema is IdsOnly {
  if (!(schema instanceof z.ZodObject)) return false
  const { catchall, checks = [] } = schema.def
  const closed = catchall === undefined || catchall instanceof z.ZodNever
  return closed && checks.length === 0 && Object.values(schema.shape).every((field) => field === id)
}
