import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, type PushData, stream, volatile } from './contract'
import { type Id, id } from './id'

const open = { name: 'payslip', room: z.string(), state: z.object({ salary: z.number() }), calls: {} }
const base = { ...open, confidential: true } as const
const slip = z.strictObject({ payslip: id })

const refused = (push: string) => `Channel payslip is confidential: its push "${push}" may carry`

test('what could carry a value beside ids does not compile, and throws where it is declared', () => {
  // @ts-expect-error: no object
  expect(() => defineChannel({ ...base, pushes: { a: stream(z.number()) } })).toThrow(refused('a'))
  const salary = z.strictObject({ payslip: id, salary: z.number() })
  // @ts-expect-error: a value beside the id
  expect(() => defineChannel({ ...base, pushes: { b: stream(salary) } })).toThrow(refused('b'))
  // @ts-expect-error: the same, though it is never stored
  expect(() => defineChannel({ ...base, pushes: { c: volatile(salary) } })).toThrow(refused('c'))
  // @ts-expect-error: one push of two
  expect(() => defineChannel({ ...base, pushes: { d: stream(slip), e: stream(salary) } })).toThrow(refused('e'))
  const text = z.strictObject({ payslip: z.string() })
  // @ts-expect-error: a text that may be anything
  expect(() => defineChannel({ ...base, pushes: { f: stream(text) } })).toThrow(refused('f'))
  const anyUuid = z.strictObject({ payslip: z.uuid() })
  // @ts-expect-error: a uuid that nobody has called an id: it may be a secret
  expect(() => defineChannel({ ...base, pushes: { g: stream(anyUuid) } })).toThrow(refused('g'))
  const loose = z.looseObject({ payslip: id })
  // @ts-expect-error: fields that nobody named
  expect(() => defineChannel({ ...base, pushes: { h: stream(loose) } })).toThrow(refused('h'))
  const optional = z.object({ payslip: id.or(z.string()) })
  // @ts-expect-error: an id or something else
  expect(() => defineChannel({ ...base, pushes: { i: stream(optional) } })).toThrow(refused('i'))
  const inner = z.strictObject({ payslip: slip })
  // @ts-expect-error: an object in the object
  expect(() => defineChannel({ ...base, pushes: { j: stream(inner) } })).toThrow(refused('j'))
  const made = slip.transform(() => ({ payslip: 'a salary' }))
  // @ts-expect-error: what is made of the id on its way
  expect(() => defineChannel({ ...base, pushes: { k: stream(made) } })).toThrow(refused('k'))
})

test('what no type shows throws all the same', () => {
  const overwritten = slip.overwrite((ids) => ({ ...ids, salary: 5_000 }))
  expect(() => defineChannel({ ...base, pushes: { issued: stream(overwritten) } })).toThrow(refused('issued'))
})

test('a key that is more than an id does not compile', () => {
  const keyed = latest(slip, ({ payslip }) => `salary of ${payslip}`)
  // @ts-expect-error: a text made of anything
  defineChannel({ ...base, pushes: { current: keyed } })
})

const payslips = defineChannel({
  ...base,
  pushes: { issued: stream(slip), opened: volatile(slip), current: latest(slip, ({ payslip }) => payslip) },
})

test('a push that carries a text nobody parsed does not compile', () => {
  expectTypeOf<PushData<typeof payslips, 'issued'>>().toEqualTypeOf<{ payslip: Id }>()
  expectTypeOf<{ payslip: string }>().not.toExtend<PushData<typeof payslips, 'issued'>>()
  expect(slip.safeParse({ payslip: 'a salary' }).success).toBe(false)
  expect(slip.safeParse({ payslip: crypto.randomUUID(), salary: 5_000 }).success).toBe(false)
})

test('a channel that is not confidential carries what it likes', () => {
  expect(defineChannel({ ...open, pushes: { issued: stream(z.number()) } }).name).toBe('payslip')
})
