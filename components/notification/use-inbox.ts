import { useCallback, useEffect, useState } from 'react'
import type { InboxFilter, InboxPage } from '#channels/notification'
import { rowsOf } from './notification-fold'
import { useNotificationContext } from './notification-provider'

/** One filtered list: the page that was rendered, what came since, and what is loaded below it. Keyed by its filter. */
export function useInbox(filter: InboxFilter, first: InboxPage) {
  const { state, page } = useNotificationContext()
  const [rendered, setRendered] = useState(first.entries)
  const [reach, setReach] = useState(first.next)
  const [asOf, setAsOf] = useState(state.asOf)
  const [progress, setProgress] = useState<'idle' | 'loading' | 'failed'>('idle')
  const outdated = asOf !== state.asOf
  const rows = rowsOf(state, filter, rendered, reach)

  const load = useCallback(async () => {
    setProgress('loading')
    try {
      const { next } = await page(filter, outdated ? undefined : (reach ?? undefined))
      setReach(next)
      if (outdated) setRendered([])
      setAsOf(state.asOf)
      setProgress('idle')
    } catch {
      setProgress('failed')
    }
  }, [page, filter, outdated, reach, state.asOf])

  // A state that came with a join has taken the place of what was loaded; or all rows have been put elsewhere.
  const needed = outdated || (rows.length === 0 && reach !== null)
  useEffect(() => {
    if (needed && progress === 'idle') void load()
  }, [needed, progress, load])

  return { rows, more: reach !== null, progress, load }
}
