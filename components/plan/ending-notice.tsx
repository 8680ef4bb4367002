import type { Outcome, Running } from '#channels/plan'
import { LocalTime } from '#components/ui/local-time'
import { Notice } from '#components/ui/notice'

interface EndingNoticeProps {
  ending: Outcome | undefined
  running: Running | null
}

/** Says when a calculation begins and how it ends: always there, since what appears with its words is not read out. */
export function EndingNotice({ ending, running }: EndingNoticeProps) {
  return (
    <>
      <div role="status" className="sr-only">
        {running && (
          <>
            {running.by.name} has been calculating since <LocalTime at={running.since} />.
          </>
        )}
        {ending?.is === 'done' && 'The delivery plan is ready.'}
        {ending?.is === 'cancelled' && `${ending.by.name} cancelled the calculation.`}
        {ending?.is === 'failed' && `There is no new plan. ${ending.why}`}
        {ending?.is === 'lost' && 'The calculation is lost: the server that calculated has gone.'}
      </div>
      {ending?.is === 'cancelled' && <Notice tone="neutral">{ending.by.name} cancelled the calculation.</Notice>}
      {ending?.is === 'failed' && (
        <Notice tone="danger" title="There is no new plan.">
          {ending.why} Calculate again, or with less effort.
        </Notice>
      )}
      {ending?.is === 'lost' && (
        <Notice tone="warn" title="The calculation is lost.">
          The server that calculated has gone. Calculate again.
        </Notice>
      )}
    </>
  )
}
