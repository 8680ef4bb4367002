import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type ChannelContract, type PushData, type PushName, roomKey, type StateOf } from '#channels/contract'
import type { FirstPaint, Pushed } from '#channels/wire'
import type { Fold } from './fold'
import { Latest } from './latest'
import { openRoom, type Room, type RoomSnapshot } from './room'
import { connection } from './socket'

interface Options<C extends ChannelContract> {
  /** What the server rendered. The browser joins from its position and fetches nothing twice. */
  initial: FirstPaint<StateOf<C>>
  fold: Fold<C>
  /** Run for every push, once, after it has been folded; not for a value's withdrawal. */
  onPush?: { [P in PushName<C>]?: (data: PushData<C, P>) => void }
}

interface Joined<C extends ChannelContract> extends RoomSnapshot<C> {
  /** The room, for calls; not there before the page has come alive. */
  room: Room<C> | undefined
}

/** Joins a room while mounted, folds its pushes into state, and holds the newest values of its latest pushes. */
export function useChannel<C extends ChannelContract>(channel: C, name: string, options: Options<C>): Joined<C> {
  const [opened, setOpened] = useState<Room<C>>()
  const given = useRef(options)
  useEffect(() => {
    given.current = options
  })

  useEffect(() => {
    const { initial, fold } = given.current
    const room = openRoom(connection(), channel, name, initial, fold)
    const unwatch = room.watch((pushed) => run(given.current.onPush, pushed))
    setOpened(room)
    return () => {
      unwatch()
      room.exit()
    }
  }, [channel, name])

  // On the way from one room to another the old one is still open: never show its state under the new name.
  const room = opened?.key === roomKey(channel, name) ? opened : undefined
  const before = useMemo<RoomSnapshot<C>>(
    () => ({
      state: options.initial.state,
      latest: new Latest(channel, options.initial.latest).values,
      status: 'joining',
    }),
    [channel, options.initial],
  )
  const snapshot = useSyncExternalStore(
    room?.subscribe ?? never,
    () => room?.snapshot ?? before,
    () => before,
  )
  return { ...snapshot, room }
}

const never = () => () => {}

/** The room has parsed the data by the contract that types the handler. */
function run(handlers: object | undefined, { push, data }: Pushed): void {
  const handler = (handlers as Record<string, ((data: unknown) => void) | undefined> | undefined)?.[push]
  if (data !== undefined) handler?.(data)
}
