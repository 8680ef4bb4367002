import type { z } from 'zod'
import { refuse } from '#server/refusal'

/** Parses what a person or program sent, or refuses with `invalid` and one issue per field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  refuse('invalid', issues.map(({ message }) => message).join(' '), issues)
}
