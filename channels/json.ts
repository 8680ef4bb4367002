import { z } from 'zod'
import { unstorable } from './text'

/** No value of use is deeper, and what reads or writes one calls itself for every level. */
const deepest = 32

/**
 * Any value that JSON can hold, of at most `maxBytes` bytes as JSON in UTF-8, and nothing the database would
 * refuse later. Its size is looked at first: whatever follows would have to walk through all of it.
 */
export function json(maxBytes: number) {
  return z
    .unknown()
    .refine((value) => bytesOf(value) <= maxBytes, {
      error: `At most ${maxBytes.toLocaleString('en')} bytes as JSON.`,
      abort: true,
    })
    .refine((value) => isStorable(value, deepest), 'It holds characters that cannot be stored, or is too deep.')
    .pipe(z.json())
}

function bytesOf(value: unknown): number {
  try {
    return new TextEncoder().encode(JSON.stringify(value)).length
  } catch {
    // It contains itself, or what JSON has no word for.
    return Number.POSITIVE_INFINITY
  }
}

function isStorable(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return !unstorable.test(value)
  if (typeof value !== 'object' || value === null) return true
  return (
    levels > 0 && Object.entries(value).every(([key, inner]) => !unstorable.test(key) && isStorable(inner, levels - 1))
  )
}
