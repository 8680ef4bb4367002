import fc from 'fast-check'
import type { Input } from './test-inputs'
import { hostile, nearlyText } from './test-mutations'

const words = (text: string) => text.split(' ')

const names = [
  ...words('connect connect_error disconnect disconnecting newListener removeListener error ended person message'),
  ...words('chat: chat:push chat:left chat:constructor chat:__proto__ chat:toString __proto__:join constructor:join'),
  ...words(': :join alive: chat:join:now CHAT:join chat/general nobody:join'),
  ...['', ' ', 'chat:join '],
]

/** For tests: events that are wrong in their name, or in how many arguments they have. */
export function strangeEvents(right: fc.Arbitrary<unknown[]>): fc.Arbitrary<unknown[]> {
  const nearlyNamed = right.chain(([name]) => nearlyText(fc.constant(String(name))))
  const name = fc.oneof(fc.constantFrom<unknown>(...names), nearlyNamed, hostile)
  const tooMuch = fc.array(hostile, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    fc.tuple(name, hostile),
    fc.tuple(name, right).map(([wrong, [, request]]) => [wrong, request]),
    fc.tuple(right, tooMuch).map(([[event, request], more]) => [event, request, ...more]),
    right.map(([event]) => [event]),
  )
}

const packets = [
  ...words(' 4 40 41 42 43 44 45 46 47 48 49 0 1 2 3 5 6 2probe 3probe b4'),
  ...words('40/admin, 40/admin,{} 40{} 41/admin, 42/admin,["alive",{}] 42[] 42[null] 42[{}] 42{} 42""'),
  ...words(
    '420["alive"] 42-1["alive",{}] 421e9["alive",{}] 42["alive",{}]] 43[] 430[] 430["x"] 43{} 44"x" 44{"message":"x"}',
  ),
  ...words('451-["x",{"_placeholder":true,"num":0}] 461-0[] 45999999999-["x"] 451- 45-1-["x"] 45["x"]'),
  `42${'9'.repeat(400)}["alive",{}]`,
]

/** For tests: frames that are no events of ours, or only nearly. */
export function frames(right: fc.Arbitrary<unknown[]>): fc.Arbitrary<Input> {
  const event = right.map((packet) => `42${JSON.stringify(packet)}`)
  const deep = fc
    .integer({ min: 1, max: 30_000 })
    .map((depth) => `42["alive",${'['.repeat(depth)}${']'.repeat(depth)}]`)
  const endless = fc.integer({ min: 1, max: 10_000 }).map((depth) => `42["alive",${'{"a":'.repeat(depth)}`)
  const text = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...packets) },
    { weight: 6, arbitrary: nearlyText(event) },
    { weight: 4, arbitrary: fc.oneof(event, fc.string(), deep, endless) },
  )
  const texts = fc.array(text, { minLength: 1, maxLength: 3 })
  const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => [some])
  const sent =
    (of: string, binary: boolean) =>
    (some: (string | Uint8Array)[]): Input => ({ kind: 'frames', of, frames: some, binary })
  return fc.oneof(
    { weight: 10, arbitrary: texts.map(sent('text frames', false)) },
    { weight: 1, arbitrary: bytes.map(sent('binary frames', true)) },
    // Most bytes are no UTF-8.
    { weight: 1, arbitrary: bytes.map(sent('text that is no text', false)) },
  )
}
