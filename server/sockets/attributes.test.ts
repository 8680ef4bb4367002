import { expect, test } from 'vitest'
import { Attribute, Attributes } from './attributes'

test('values are kept by attribute and by socket, whatever the name', () => {
  const count = new Attribute<number>('count')
  const otherCount = new Attribute<number>('count')
  const [one, two] = [new Attributes(), new Attributes()]
  one.set(count, 1).set(otherCount, 2)
  two.set(count, 3)
  expect([one.get(count), one.get(otherCount), two.get(count), two.get(otherCount)]).toEqual([1, 2, 3, undefined])
  expect(one.delete(count)).toBe(true)
  expect(one.delete(count)).toBe(false)
  expect([one.has(count), one.has(otherCount), two.has(count)]).toEqual([false, true, true])
})
