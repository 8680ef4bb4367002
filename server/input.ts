import type { z } from 'zod'
import { refuse } from '#server/refusal'

/** More than a form has fields: an answer is not to be longer than a list of ten thousand wrong entries was. */
const mostIssues = 20

/** Parses what a person or program sent, or refuses with `invalid` and one issue per field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues
    .slice(0, mostIssues)
    .map(({ path, message }) => ({ path: path.join('.'), message }))
  refuse('invalid', issues.map(({ message }) => message).join(' '), { issues })
}
