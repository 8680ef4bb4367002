'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { RoomLists } from '#channels/rooms'
import type { UserRef } from '#channels/user'
import { type Rooms, useRooms } from './use-rooms'

const Context = createContext<Rooms | undefined>(undefined)

interface RoomsProviderProps {
  me: UserRef
  initial: RoomLists
  children: ReactNode
}

/** Around all pages of the chat, so that the list stays joined on the way from one room to another. */
export function RoomsProvider({ me, initial, children }: RoomsProviderProps) {
  return <Context value={useRooms(me, initial)}>{children}</Context>
}

export function useRoomList(): Rooms {
  const rooms = useContext(Context)
  if (!rooms) throw new Error('This belongs inside a RoomsProvider.')
  return rooms
}
