import { useState } from 'react'
import { toast } from 'sonner'
import type { Reservation } from '#channels/number'
import { CallRefused } from '#components/realtime/call'
import { failureOf } from '#components/realtime/failure'
import type { NumberRoom } from './use-number'

export type Act = 'confirm' | 'giveBack' | 'holdAgain'

const failed: Record<Act, string> = { confirm: 'Not confirmed', giveBack: 'Not given back', holdAgain: 'Not held' }

/** What is done with a reservation. Doing the same twice is safe, so where the line was cut one may simply press again. */
export function useActs(room: NumberRoom, forget: (id: string) => void) {
  const [busy, setBusy] = useState<Partial<Record<string, Act>>>({})

  async function run(act: Act, { id, number }: Reservation): Promise<void> {
    setBusy((all) => ({ ...all, [id]: act }))
    try {
      await room?.call(act, { id })
    } catch (error) {
      const cut = error instanceof CallRefused && error.refused.code === 'unavailable'
      toast.error(`${failed[act]}: ${number}`, {
        description: cut ? `${error.message} Press the button again.` : failureOf(error),
      })
      if (act === 'holdAgain' && !cut) forget(id)
    } finally {
      setBusy(({ [id]: _, ...rest }) => rest)
    }
  }

  return { busy, act: (act: Act, one: Reservation) => void run(act, one) }
}
