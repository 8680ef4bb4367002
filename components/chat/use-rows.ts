import { useCallback, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { RowView } from './row-view'

interface Rows {
  /** The number of the last row. */
  last: number
  /** The first one the server rendered. */
  first: number
  /** How many of one's own are on their way: when there are more, the reader is taken to the end. */
  unconfirmed: number
}

/** Shows some of many rows, by number: those in sight and around it. See `RowView`. */
export function useRows({ last, first, unconfirmed }: Rows) {
  const [view] = useState(() => new RowView(last, first))
  const shown = useSyncExternalStore(
    view.subscribe,
    () => view.shown,
    () => view.shown,
  )
  const log = useRef<HTMLElement>(null)
  const list = useRef<HTMLOListElement>(null)

  useLayoutEffect(() => {
    if (log.current && list.current) return view.attach({ log: log.current, list: list.current })
  }, [view])

  // After every render: each may have changed the height of a row.
  useLayoutEffect(() => view.settle(last))

  const sent = useRef(unconfirmed)
  useLayoutEffect(() => {
    if (unconfirmed > sent.current) view.toEnd()
    sent.current = unconfirmed
  }, [unconfirmed, view])

  const from = Math.min(shown.from, Math.max(1, last))
  const to = Math.min(shown.to, last)
  return {
    log,
    list,
    from,
    to,
    away: shown.away,
    above: view.heights.above(from),
    below: view.heights.above(last + 1) - view.heights.above(to + 1),
    toEnd: useCallback(() => view.toEnd(), [view]),
    toRow: useCallback((row: number) => view.toRow(row), [view]),
    sideOf: useCallback((row: number) => view.sideOf(row), [view]),
  }
}
