import { useCallback, useEffect, useRef, useState } from 'react'
import type { Problem, ProblemPage, ProblemPlace } from '#channels/order-import'
import { useConnection } from '#components/realtime/use-connection'

/** While a job runs, its list is read again no sooner than so many milliseconds after the last time. */
const again = 1_000

/** One page of the problems of a job, from the start or after a place; rejects when it cannot be had. */
export type AskProblems = (after: ProblemPlace | null) => Promise<ProblemPage>

interface Read {
  problems: Problem[]
  more: boolean
  total: number
}

/**
 * The problems of a job, a page at a time, in the order of the file. `beat` is anything that changes when there may be
 * more of them; `ask` is undefined until the room is open.
 */
export function useProblems(ask: AskProblems | undefined, beat: unknown) {
  const [read, setRead] = useState<Read>()
  const [failed, setFailed] = useState(false)
  const [busy, setBusy] = useState(false)
  const held = useRef<Read>(undefined)
  const reading = useRef(false)
  /** What was asked for meanwhile: the answer under way may be older than the last problem. */
  const missed = useRef<{ more: boolean }>(undefined)
  const readAt = useRef(0)

  const load = useCallback(
    async function load(more: boolean): Promise<void> {
      if (!ask) return
      if (reading.current) {
        missed.current = { more: more || missed.current?.more === true }
        return
      }
      reading.current = true
      readAt.current = Date.now()
      if (more) setBusy(true)
      try {
        const before = held.current?.problems ?? []
        // What is shown stays: problems are found in the order of the file, so that new ones come after it; but for a
        // job that was begun anew.
        const page = await ask(more ? placeOf(before.at(-1)) : null)
        const kept = more ? before : []
        const anew = before.length <= page.problems.length || page.total < before.length
        const first = more || anew ? page : undefined
        held.current = first
          ? { problems: [...kept, ...first.problems], more: first.more, total: first.total }
          : { problems: before, more: held.current?.more || page.total > before.length, total: page.total }
        setRead(held.current)
        setFailed(false)
      } catch {
        setFailed(true)
      } finally {
        reading.current = false
        setBusy(false)
        const next = missed.current
        missed.current = undefined
        if (next) void load(next.more)
      }
    },
    [ask],
  )

  // With the line, a list that could not be had comes back by itself.
  const { is: line } = useConnection()
  useEffect(() => {
    void beat
    void line
    const timer = setTimeout(() => void load(false), Math.max(readAt.current + again - Date.now(), 0))
    return () => clearTimeout(timer)
  }, [load, beat, line])

  return { read, failed, busy, more: () => void load(true), retry: () => void load(false) }
}

function placeOf(problem: Problem | undefined): ProblemPlace | null {
  return problem ? { row: problem.row, number: problem.number } : null
}
