import { useState } from 'react'
import type { DashboardPaint } from '#channels/dashboard'
import type { Role } from '#channels/user'
import { useServerNow } from '#components/realtime/use-server-now'
import { Button } from '#components/ui/button'
import { LocalTime } from '#components/ui/local-time'
import { StatusBadge } from '#components/ui/status-badge'
import { counted } from './dashboard-words.ts'
import { SpeedSlider } from './speed-slider'
import { useSimulator } from './use-simulator.ts'

const usualSpeed = 60

/** Who keeps the workshop going, for everyone to see; an admin starts, stops and paces it. */
export function SimulatorBar({ role, initial }: { role: Role; initial: DashboardPaint }) {
  const { run, status, busy, failure, start, pace, stop } = useSimulator(initial)
  const running = run !== null
  /** What the slider was moved to: while it runs, until the server has it; while it stands, for the next start. */
  const [moved, setMoved] = useState<{ to: number; running: boolean }>()
  const speed = moved?.running === running ? moved.to : (run?.speed ?? usualSpeed)
  const offline = status === 'offline'

  return (
    <section
      aria-label="Simulator"
      data-part="simulator"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-md border border-line bg-panel px-4 py-3"
    >
      <div className="grid min-w-0 flex-1 basis-72 gap-1">
        <div className="flex items-center gap-2.5">
          <h2 className="text-md font-semibold">Simulator</h2>
          <StatusBadge tone={run ? 'ok' : 'neutral'}>{run ? 'running' : 'stopped'}</StatusBadge>
        </div>
        <p className="text-sm text-ink-2 tabular-nums">
          {run ? (
            <>
              {counted(run.speed, 'order')} a minute, placed and made for real. Started by {run.by.name} at{' '}
              <LocalTime at={run.since} />; stops by itself at <LocalTime at={run.until} />
              <Left until={run.until} />.
            </>
          ) : (
            `Places real orders and makes them${role === 'admin' ? ', for half an hour.' : '. An admin can start it.'}`
          )}
        </p>
        {failure && (
          <p role="alert" className="text-sm text-danger">
            {failure}
          </p>
        )}
      </div>
      {role === 'admin' && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <SpeedSlider
            speed={speed}
            disabled={offline}
            onChange={(to) => setMoved({ to, running })}
            onRest={(rested) => {
              // Moved on meanwhile, it is as it was moved; refused, it goes back to what holds.
              if (run) void pace(rested).then(() => setMoved((now) => (now?.to === rested ? undefined : now)))
            }}
          />
          {run ? (
            <Button
              busy={busy}
              disabled={offline}
              onClick={() => void stop().then((done) => done && setMoved({ to: speed, running: false }))}
            >
              Stop
            </Button>
          ) : (
            <Button variant="primary" busy={busy} disabled={offline} onClick={() => void start(speed)}>
              Start
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

/** How long it still runs, by the server's clock. */
function Left({ until }: { until: number }) {
  const now = useServerNow(true, 1_000)
  if (now === undefined) return null
  return ` (in ${counted(Math.max(1, Math.ceil((until - now) / 60_000)), 'minute')})`
}
