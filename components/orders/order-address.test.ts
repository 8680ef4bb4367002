import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everyOrder, orderPriority, orderSort, stateFilter } from '#channels/orders'
import { productLine } from '#channels/product'
import { addressOf, readQuery } from './order-address'

const read = (address: string) => readQuery(Object.fromEntries(new URL(address, 'http://x').searchParams))

test('what is none of ours is as if it were not there', () => {
  expect(readQuery({})).toEqual(everyOrder)
  const strange = { state: 'lost', priority: ['high'], line: '', sort: 'x', way: 'sideways', page: '-3', search: '\0' }
  expect(readQuery(strange)).toEqual(everyOrder)
  expect(readQuery({ page: '1.5', overdue: 'yes' })).toEqual(everyOrder)
})

test('every query comes back from its address', () => {
  const queries = fc.record({
    state: fc.option(fc.constantFrom(...stateFilter.options), { nil: undefined }),
    priority: fc.option(fc.constantFrom(...orderPriority.options), { nil: undefined }),
    line: fc.option(fc.constantFrom(...productLine.options), { nil: undefined }),
    overdue: fc.boolean(),
    search: fc.constantFrom('', 'a & b', '100%', 'Müller+Söhne', 'x=1#2'),
    sort: fc.constantFrom(...orderSort.options),
    descending: fc.boolean(),
    page: fc.nat(399),
  })
  fc.assert(
    fc.property(queries, (query) => {
      expect(read(addressOf(query))).toEqual(query)
    }),
  )
})
