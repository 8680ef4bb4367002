import fc from 'fast-check'

/**
 * What happens next in a run. `tab` and `person` are counted round those there are; times are milliseconds.
 * With `placed` a room is entered from the position of its first paint, as by a page; else with none.
 */
export type Step<Operation> =
  | { does: 'operate'; tab: number; operation: Operation }
  | { does: 'wait'; for: number }
  | { does: 'cut'; tab: number; how: 'reset' | 'close' }
  | { does: 'hold'; tab: number; for: number }
  | { does: 'return'; tab: number; after: number; placed: boolean }
  | { does: 'open'; person: number; placed: boolean }
  | { does: 'restart' }

/** So that a failed run is printed without the prototypes of its parts. */
const plain = { noNullPrototype: true }

/** Random runs: mostly operations, close together, with what disturbs them strewn in between. A restart takes a second or two. */
export function schedules<Operation>(operations: fc.Arbitrary<Operation>): fc.Arbitrary<Step<Operation>[]> {
  const any = fc.nat(99)
  const how = fc.constantFrom('reset' as const, 'close' as const)
  const placed = fc.boolean()
  const does = <Name extends Step<Operation>['does']>(name: Name) => fc.constant(name)
  const step = fc.oneof(
    { weight: 96, arbitrary: fc.record({ does: does('operate'), tab: any, operation: operations }, plain) },
    { weight: 20, arbitrary: fc.record({ does: does('wait'), for: fc.nat(30) }, plain) },
    { weight: 20, arbitrary: fc.record({ does: does('cut'), tab: any, how }, plain) },
    { weight: 8, arbitrary: fc.record({ does: does('hold'), tab: any, for: fc.nat(300) }, plain) },
    { weight: 10, arbitrary: fc.record({ does: does('return'), tab: any, after: fc.nat(10), placed }, plain) },
    { weight: 6, arbitrary: fc.record({ does: does('open'), person: any, placed }, plain) },
    { weight: 1, arbitrary: fc.record({ does: does('restart') }, plain) },
  )
  return fc.array(step, { minLength: 10, maxLength: 40, size: 'max' })
}
