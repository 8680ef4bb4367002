import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { type OrderPaint, order, valueIn } from '#channels/order'
import { type PresencePaint, presence, presenceRoom } from '#channels/presence'
import type { Person } from '#channels/wire'
import { type PersonHere, peopleIn } from '#components/presence/people.ts'
import { presenceFold } from '#components/presence/use-presence.ts'
import { useChannel } from '#components/realtime/use-channel'
import { valueWords } from './change-words'
import { type Draft, isUnsaved, type Named } from './draft'
import { draftsOf } from './drafts'
import { orderFold } from './order-fold'

interface Options {
  me: Person
  initial: OrderPaint
  present: PresencePaint
}

const none: ReadonlyMap<Named, Draft> = new Map()
const never = () => () => {}

/** How soon to send again what was not answered though the line is there, in milliseconds. */
const again = 2_000

/** One work order, live: the record, what this person has put into its fields, and who else is at which field. */
export function useOrder({ me, initial, present }: Options) {
  const { id } = initial.state.order
  const { state, status, refusal, room } = useChannel(order, id, { initial, fold: orderFold })
  const here = useChannel(presence, presenceRoom(order, id), { initial: present, fold: presenceFold })
  const drafts = room && draftsOf(room)
  const held = useSyncExternalStore(
    drafts?.subscribe ?? never,
    () => drafts?.all ?? none,
    () => none,
  )

  const unsent = [...held.values()].some(({ phase }) => phase === 'unsent')
  useEffect(() => {
    if (room && status === 'joined') drafts?.sendAgain(room)
  }, [room, drafts, status])
  useEffect(() => {
    if (!room || !drafts || status !== 'joined' || !unsent) return
    const timer = setInterval(() => drafts.sendAgain(room), again)
    return () => clearInterval(timer)
  }, [room, drafts, status, unsent])

  // What was put into a line that is gone cannot be saved by anyone.
  const unsaved = [...held].some(([field, draft]) => isUnsaved(draft) && valueIn(state.order, field) !== undefined)
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])

  const others = useMemo(
    () => peopleIn(Object.values(here.latest.present), me).filter(({ user }) => user.id !== me.id),
    [here.latest.present, me],
  )
  return {
    ...state,
    me,
    status,
    refusal,
    room,
    drafts,
    held,
    words: (field: Named, text: string) => valueWords(field, text, state.order),
    /** What was loaded with the page: later versions have come since. */
    loaded: initial.state.order.version,
    at: (part: string): PersonHere[] => others.filter(({ parts }) => parts.includes(part)),
  }
}

export type LiveOrder = ReturnType<typeof useOrder>
