import { type BroadcastState, broadcasts, type Entry, type Receipts } from '#channels/broadcast'
import type { FirstPaint } from '#channels/wire'
import { useChannel } from '#components/realtime/use-channel'
import { useServerNow } from '#components/realtime/use-server-now'
import { broadcastFold } from './broadcast-fold'

export type Stage = 'planned' | 'standing' | 'over' | 'withdrawn'

export interface DeskEntry extends Entry {
  stage: Stage
  receipts: Receipts | undefined
}

/** The history of broadcasts, newest first: where each stands, and how many people it has reached. */
export function useDesk(initial: FirstPaint<BroadcastState>): { entries: DeskEntry[]; status: string } {
  const { state, latest, status } = useChannel(broadcasts, 'desk', { initial, fold: broadcastFold })
  const now = useServerNow(true, 1_000)
  const receipts = new Map(state.receipts.map((one) => [one.id, one]))
  const entries = state.history.map((entry) => {
    const counted = greatest(receipts.get(entry.id), latest.counted[entry.id])
    return { ...entry, stage: stageOf(entry, now ?? entry.startsAt), receipts: counted }
  })
  return { entries, status }
}

/** Counts only go up, and of two that were told at once the lesser may come last. */
function greatest(one: Receipts | undefined, other: Receipts | undefined): Receipts | undefined {
  if (!one || !other) return one ?? other
  return {
    ...other,
    delivered: Math.max(one.delivered, other.delivered),
    seen: Math.max(one.seen, other.seen),
    acknowledged: Math.max(one.acknowledged, other.acknowledged),
  }
}

function stageOf({ withdrawnAt, startsAt, expiresAt }: Entry, now: number): Stage {
  if (withdrawnAt !== null) return 'withdrawn'
  if (startsAt > now) return 'planned'
  return expiresAt !== null && expiresAt <= now ? 'over' : 'standing'
}
