import { expect, test } from 'vitest'
import { Ledger, type Outcome, unharmed, type Verdict } from './chaos-ledger'

interface Run {
  /** What became of each post. */
  sent: Record<string, Outcome>
  /** What each reader saw, as `number id`. */
  seen: [seq: number, id: string][][]
  /** The ids in the log, from number 1, and the ids of the messages that are stored, by default the same. */
  log: string[]
  messages?: string[]
}

function judge({ sent, seen, log, messages = log }: Run): Verdict {
  const ledger = new Ledger()
  for (const [id, outcome] of Object.entries(sent)) ledger.enter(id, outcome)
  for (const pushes of seen) {
    const see = ledger.reader('general', 0)
    for (const [seq, id] of pushes) see({ push: 'posted', seq, at: 0, data: { id } })
  }
  const numbered = new Map(log.map((id, index) => [index + 1, id]))
  return ledger.judge(new Map([['general', { head: log.length, log: numbered, messages: new Set(messages) }]]))
}

const both: [number, string][] = [
  [1, 'a'],
  [2, 'b'],
]

test.each<[string, Run, Partial<Verdict>]>([
  [
    'a push that one reader did not see',
    { sent: { a: 'acknowledged', b: 'acknowledged' }, seen: [both, [[2, 'b']]], log: ['a', 'b'] },
    { lost: 1 },
  ],
  ['a message acknowledged and not stored', { sent: { a: 'acknowledged' }, seen: [[]], log: [] }, { lost: 1 }],
  [
    'a message stored and told to nobody',
    { sent: { a: 'acknowledged' }, seen: [[]], log: [], messages: ['a'] },
    { lost: 1 },
  ],
  ['a push seen twice', { sent: {}, seen: [[...both, [2, 'b']]], log: ['a', 'b'] }, { duplicated: 1 }],
  [
    'a message logged twice',
    {
      sent: {},
      seen: [
        [
          [1, 'a'],
          [2, 'a'],
        ],
      ],
      log: ['a', 'a'],
    },
    { duplicated: 1 },
  ],
  ['a push seen after a later one', { sent: {}, seen: [both.toReversed()], log: ['a', 'b'] }, { reordered: 1 }],
  ['a push seen and not stored', { sent: {}, seen: [both], log: ['a'] }, { invented: 1 }],
  [
    'another message under the same number',
    {
      sent: {},
      seen: [
        both,
        [
          [1, 'a'],
          [2, 'c'],
        ],
      ],
      log: ['a', 'b'],
    },
    { invented: 1 },
  ],
  ['a message refused and stored', { sent: { a: 'refused' }, seen: [[[1, 'a']]], log: ['a'] }, { invented: 1 }],
])('it finds %s', (_, run, found) => {
  const none = { lost: 0, duplicated: 0, reordered: 0, invented: 0 }
  const verdict = judge(run)
  expect(verdict).toMatchObject({ ...none, ...found })
  expect(unharmed(verdict)).toBe(false)
})

test('it finds nothing where all is well: sent again until acknowledged, or never answered and stored', () => {
  const ledger = new Ledger()
  for (const outcome of ['unanswered', 'acknowledged', 'unanswered'] as const) ledger.enter('a', outcome)
  expect(ledger.sent).toEqual({ acknowledged: 1, unanswered: 0, refused: 0 })
  const verdict = judge({ sent: { a: 'acknowledged', b: 'unanswered' }, seen: [both, both], log: ['a', 'b'] })
  expect(verdict).toMatchObject({ received: 4, lost: 0, duplicated: 0, reordered: 0, invented: 0 })
  expect(unharmed(verdict)).toBe(true)
})
