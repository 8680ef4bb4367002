import fc from 'fast-check'

/** Halves of characters among them. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes))

/** Takes long to read, if it is read at all. */
const large: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: 1_000, max: 60_000 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 100, max: 10_000 }).map((length) => Array(length).fill(0)),
  fc.integer({ min: 100, max: 5_000 }).map((size) => Object.fromEntries(Array(size).entries())),
  fc.integer({ min: 100, max: 1_000 }).map(nested),
)

/** For tests: values that have broken programs before, whatever they were given in place of. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 1, arbitrary: large },
  { weight: 10, arbitrary: fc.constantFrom<unknown>(null, true, '', ' ', [], {}, [[]], [null], { length: 1e9 }) },
  { weight: 10, arbitrary: fc.constantFrom<unknown>(0, -0, -1, 0.5, 1e308, 5e-324, 2 ** 31, 2 ** 53, 8.64e15 + 1) },
  {
    weight: 10,
    arbitrary: fc.constantFrom('\0', '\ud800', '\u202e', '\uffff', '../general', '%00', "'; DROP TABLE message"),
  },
  { weight: 10, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'null', '-1', '1e3', 'NaN') },
  {
    weight: 5,
    arbitrary: fc.constant<unknown>(JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}')),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom<unknown>({ _placeholder: true, num: 0 }, { toJSON: 'x' }, [{ toString: 0 }]),
  },
  { weight: 10, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 10, arbitrary: anyText },
)

function nested(depth: number): unknown {
  let value: unknown = 0
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

interface Change {
  how: 'replace' | 'drop' | 'rename' | 'add' | 'wrap' | 'repeat'
  at: number
  key: string
  value: unknown
}

const keys = [
  '',
  'room',
  'input',
  'id',
  'as',
  'user',
  'position',
  '__proto__',
  'constructor',
  'toJSON',
  'then',
  'a.b',
  '0',
]
const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('replace', 'drop', 'rename', 'add', 'wrap', 'repeat'),
  at: fc.nat(),
  key: fc.oneof(fc.constantFrom(...keys), fc.string()),
  value: hostile,
})

/** What is nearly right: a right value with one or two of its parts replaced, dropped, renamed, wrapped, or one added. */
export function nearly(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, fc.array(change, { minLength: 1, maxLength: 2 }))
    .map(([right, changes]) =>
      changes.reduce((changed, one) => changePart(changed, one, { left: one.at % (partsOf(changed) + 1) }), right),
    )
}

/** How many parts there are inside a value, near the top. */
function partsOf(value: unknown, deepest = 6): number {
  if (typeof value !== 'object' || value === null || deepest === 0) return 0
  return Object.values(value).reduce<number>((sum, inner) => sum + 1 + partsOf(inner, deepest - 1), 0)
}

/** Changes the part that is reached after `left` others. */
function changePart(value: unknown, change: Change, count: { left: number }, deepest = 6): unknown {
  if (count.left-- === 0) return changed(value, change)
  if (typeof value !== 'object' || value === null || deepest === 0) return value
  if (Array.isArray(value)) return value.map((inner) => changePart(inner, change, count, deepest - 1))
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (count.left !== 0) return [[key, changePart(inner, change, count, deepest - 1)]]
    if (change.how === 'drop') {
      count.left--
      return []
    }
    return [[change.how === 'rename' ? change.key : key, changePart(inner, change, count, deepest - 1)]]
  })
  return Object.fromEntries(entries)
}

function changed(value: unknown, { how, key, value: other }: Change): unknown {
  if (how === 'wrap') return [value]
  if (how === 'repeat') return [value, value]
  // Of what is renamed or dropped only the name in its object changes.
  if (how === 'rename' || how === 'drop') return value
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return how === 'add' && isObject ? Object.fromEntries([...Object.entries(value), [key, other]]) : other
}

interface Slip {
  how: 'cut' | 'insert' | 'remove' | 'repeat' | 'swap'
  at: number
  text: string
}

const slip: fc.Arbitrary<Slip> = fc.record({
  how: fc.constantFrom('cut', 'insert', 'remove', 'repeat', 'swap'),
  at: fc.nat(),
  text: fc.oneof(
    fc.constantFrom('"', '{', '[', ']', ',', ':', '\\', '\0', '-', '/', ';', '=', '%', '1', '9'),
    fc.string(),
  ),
})

/** The same for a text: cut short, or with something inserted, removed, repeated or in place of something else. */
export function nearlyText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.array(slip, { minLength: 1, maxLength: 3 }))
    .map(([right, slips]) => slips.reduce(slipped, right))
}

function slipped(text: string, { how, at: anywhere, text: other }: Slip): string {
  const at = anywhere % (text.length + 1)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  if (how === 'cut') return before
  if (how === 'insert') return before + other + after
  if (how === 'remove') return before + after.slice(1)
  if (how === 'repeat') return before + after.slice(0, 20) + after
  return before + other + after.slice(other.length)
}
