'use client'

import type { NumberState } from '#channels/number'
import type { Role, UserRef } from '#channels/user'
import type { FirstPaint } from '#channels/wire'
import { AddSeriesDialog } from './add-series-dialog'
import { SeriesNav } from './series-nav'
import { SeriesPanel } from './series-panel'
import { useSeries } from './use-number'

interface NumberPanelProps {
  me: UserRef & { role: Role }
  /** The key of the series that is shown. */
  chosen: string
  /** Every series. */
  list: FirstPaint<NumberState>
  initial: FirstPaint<NumberState>
}

export function NumberPanel({ me, chosen, list, initial }: NumberPanelProps) {
  const { all, room } = useSeries(list)
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 wide:flex-nowrap">
        <SeriesNav all={all} chosen={chosen} />
        {me.role === 'admin' && <AddSeriesDialog room={room} />}
      </div>
      <SeriesPanel key={chosen} me={me} seriesKey={chosen} initial={initial} />
    </>
  )
}
