import { z } from 'zod'

/** What PostgreSQL cannot store in text or jsonb: NUL, and halves of a surrogate pair. */
export const unstorable = /\0|\p{Surrogate}/u

/**
 * Text a person wrote: trimmed, 1 to `max` characters, and nothing the database would refuse later.
 * Its issues are sentences for the person.
 */
export function text(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'Write something first.')
    .max(max, `At most ${max.toLocaleString('en')} characters.`)
    .refine((value) => !unstorable.test(value), 'It holds characters that cannot be stored.')
}
