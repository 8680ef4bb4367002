import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Problem, ProblemPage, ProblemPlace } from '#channels/order-import'
import type { Connection } from '#components/realtime/connection'
import { connectAs, keepAsTab } from '#components/realtime/test-client'
import { useProblems } from './use-problems'

let connection: Connection
let list: ReturnType<typeof useProblems>
const root = createRoot(document.createElement('div'))
/** Each page that was asked for, and how to answer. */
const asked: { after: ProblemPlace | null; answer: (page: ProblemPage) => void }[] = []

function List() {
  list = useProblems(ask, 'still')
  return null
}
const ask = (after: ProblemPlace | null) => new Promise<ProblemPage>((answer) => asked.push({ after, answer }))
const problemIn = (row: number): Problem => ({ row, number: 1, column: 'sku', value: '', message: 'Wrong.' })
const answer = (page: ProblemPage) => act(async () => asked.at(-1)?.answer(page))
const rows = () => list.read?.problems.map(({ row }) => row)

beforeAll(() => {
  // Nothing is read but for what the test asks.
  vi.useFakeTimers()
  // To where nobody answers: what is read here comes from elsewhere.
  connection = connectAs('http://127.0.0.1:1', { cookie: '', csrfToken: '' })
  keepAsTab(connection)
})
afterAll(() => {
  act(() => root.unmount())
  connection.hangUp()
  vi.useRealTimers()
})

test('what is asked for while a page is being read is read after it', async () => {
  act(() => root.render(<List />))
  act(() => void vi.advanceTimersByTime(0))
  expect(asked).toHaveLength(1)
  // The job has found one more since, and the answer under way does not know.
  act(() => list.retry())
  await answer({ problems: [problemIn(2)], more: false, total: 1 })
  expect(asked).toHaveLength(2)
  act(() => list.more())
  await answer({ problems: [problemIn(2)], more: true, total: 2 })
  expect(rows()).toEqual([2])
  expect(asked.at(-1)?.after).toEqual({ row: 2, number: 1 })
  await answer({ problems: [problemIn(3)], more: false, total: 2 })
  expect(rows()).toEqual([2, 3])
  expect(asked).toHaveLength(3)
})
