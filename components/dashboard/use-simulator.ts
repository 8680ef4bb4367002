import { useState } from 'react'
import { type DashboardPaint, dashboard, simulatorRoom } from '#channels/dashboard'
import { failureOf } from '#components/realtime/failure'
import { useChannel } from '#components/realtime/use-channel'
import { dashboardFold } from './use-dashboard'

/** How the simulator stands, for everyone, and what an admin does with it. `failure` is what did not work, in words. */
export function useSimulator(initial: DashboardPaint) {
  const { state, status, room } = useChannel(dashboard, simulatorRoom, { initial, fold: dashboardFold })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  /** Resolves with whether it was done. */
  async function act(work: () => Promise<unknown> | undefined): Promise<boolean> {
    setFailure(undefined)
    try {
      await work()
      return true
    } catch (error) {
      setFailure(failureOf(error))
      return false
    }
  }

  /** The same for what a button does, which shows it. */
  async function press(work: () => Promise<unknown> | undefined): Promise<boolean> {
    setBusy(true)
    const done = await act(work)
    setBusy(false)
    return done
  }

  return {
    run: state.simulator?.run ?? null,
    status,
    busy,
    failure,
    start: (speed: number) => press(() => room?.call('start', { speed })),
    pace: (speed: number) => act(() => room?.call('pace', { speed })),
    stop: () => press(() => room?.call('stop', {})),
  }
}
