import type { NumberState } from '#channels/number'
import type { Role, UserRef } from '#channels/user'
import type { FirstPaint } from '#channels/wire'
import { useServerNow } from '#components/realtime/use-server-now'
import { ErrorState } from '#components/ui/error-state'
import { Panel } from '#components/ui/panel'
import { ConfirmedNumbers } from './confirmed-numbers'
import { NextNumber } from './next-number'
import { NumberAnnouncer } from './number-announcer'
import { OthersNumbers } from './others-numbers'
import { OwnNumbers } from './own-numbers'
import { ChangeSeriesDialog } from './series-dialog'
import { useNumber } from './use-number'

interface SeriesPanelProps {
  me: UserRef & { role: Role }
  seriesKey: string
  initial: FirstPaint<NumberState>
}

export function SeriesPanel({ me, seriesKey, initial }: SeriesPanelProps) {
  const number = useNumber(me, seriesKey, initial)
  const { series, next, held, own, others, confirmed, wishes, reserve, room, status, refusal } = number
  const now = useServerNow(held.length > 0, 250)
  const isAdmin = me.role === 'admin'
  if (status === 'denied' || !series) {
    return (
      <Panel title="Numbers">
        <ErrorState title="This series could not be had." onRetry={() => location.reload()}>
          {refusal?.message}
        </ErrorState>
      </Panel>
    )
  }
  const asked = wishes.filter(({ state }) => state !== 'refused').length
  return (
    <div data-status={status} className="grid gap-4 wide:gap-6">
      <NextNumber
        series={series}
        next={next}
        mine={own.length + asked}
        onReserve={reserve}
        stale={status === 'offline'}
        actions={isAdmin && <ChangeSeriesDialog series={series} next={next} held={held.length} room={room} />}
      />
      <NumberAnnouncer me={me.id} own={own} wentBack={number.wentBack} confirmed={confirmed} now={now} />
      <OwnNumbers number={number} now={now} />
      <div className="grid items-start gap-4 wide:grid-cols-2 wide:gap-6">
        <OthersNumbers others={others} now={now} room={isAdmin ? room : null} />
        <ConfirmedNumbers confirmed={confirmed} />
      </div>
    </div>
  )
}
