import fc from 'fast-check'
import { z } from 'zod'

/** Stands in a sample where the number of the input will be, by which it is found again wherever it has left a trace. */
export const mark = '@@@@@@@@@@@@'

type Shape = z.core.JSONSchema.JSONSchema

/**
 * For tests: values that a contract allows, made from the contract itself, so that a new channel is tried
 * without a word about it. By way of JSON Schema, which has few kinds where zod has many; what that cannot
 * say (a refinement) some of the samples will go against.
 */
export function samples(schema: z.ZodType): fc.Arbitrary<unknown> {
  return ofShape(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
}

const anyValue = fc.jsonValue({ maxDepth: 2 })

function ofShape(shape: Shape | boolean | undefined): fc.Arbitrary<unknown> {
  if (typeof shape !== 'object') return anyValue
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum) return fc.constantFrom<unknown>(...shape.enum)
  const several = shape.anyOf ?? shape.oneOf
  if (several) return fc.oneof(...several.map(ofShape))
  if (Array.isArray(shape.type)) return fc.oneof(...shape.type.map((type) => ofShape({ ...shape, type })))
  if (shape.type === 'string') return texts(shape)
  if (shape.type === 'integer') return fc.integer(bounds(shape))
  if (shape.type === 'number') return fc.double({ ...bounds(shape), noNaN: true })
  if (shape.type === 'boolean') return fc.boolean()
  if (shape.type === 'null') return fc.constant(null)
  if (shape.type === 'array') return lists(shape)
  return shape.type === 'object' ? objects(shape) : anyValue
}

function texts({ format, pattern, minLength = 0, maxLength = 100 }: Shape): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.constant(`0190b6f0-0000-7000-8000-${mark}`)
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  const marked = fc.constant(`fuzz ${mark}`)
  const plain = fc.string({ minLength, maxLength: Math.min(maxLength, 100) })
  return maxLength < 20 ? plain : fc.oneof({ arbitrary: marked, weight: 3 }, plain)
}

function bounds({ minimum = -1_000_000, maximum = 1_000_000 }: Shape) {
  return { min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }
}

function lists({ items, minItems = 0, maxItems = 5 }: Shape): fc.Arbitrary<unknown> {
  const item = Array.isArray(items) ? fc.oneof(...items.map(ofShape)) : ofShape(items)
  return fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 5)) })
}

function objects({ properties = {}, required = [], additionalProperties }: Shape): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, ofShape(inner)]))
  if (Object.keys(known).length > 0) return fc.record(known, { requiredKeys: required })
  return additionalProperties
    ? fc.dictionary(fc.string(), ofShape(additionalProperties), { maxKeys: 5 })
    : fc.constant({})
}
