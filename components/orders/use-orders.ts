import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type OrderPage, type OrderQuery, type OrdersPaint, orders, ordersRoom } from '#channels/orders'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'
import { Listing } from './listing'
import { addressOf, readQuery } from './order-address'
import { useOrderAddress } from './use-order-address'

/** The state holds nothing: a push says that something has changed, and a page is asked for. */
export const ordersFold: Fold<typeof orders> = { pushes: {} }

interface Options {
  initial: OrdersPaint
  query: OrderQuery
  page: OrderPage
}

/** The page of the list that stands in the address, live. */
export function useOrders({ initial, query, page }: Options) {
  const [listing] = useState(() => new Listing(query, page))
  const { room, status } = useChannel(orders, ordersRoom, {
    initial,
    fold: ordersFold,
    onPush: { changed: () => listing.refresh() },
  })
  const listed = useSyncExternalStore(
    listing.subscribe,
    () => listing.listed,
    () => listing.listed,
  )

  // Asked after each join, since of what was pushed before it only the newest is told.
  useEffect(() => {
    if (!room || status !== 'joined') return
    listing.connect((asked) => room.call('page', asked))
    return () => listing.connect(undefined)
  }, [listing, room, status])

  useEffect(() => {
    const look = () => listing.hide(document.hidden)
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [listing])

  const address = useOrderAddress()
  const wanted = useMemo(() => queryOf(address), [address])
  // On the way back from an order Next shows the page as it was rendered first, whatever was chosen since.
  const looked = useRef(addressOf(query))
  useEffect(() => {
    if (address === looked.current) return
    looked.current = address
    listing.look(wanted)
  }, [listing, address, wanted])

  return { ...listed, wanted, status, room, listing }
}

function queryOf(address: string): OrderQuery {
  return readQuery(Object.fromEntries(new URLSearchParams(address.split('?')[1])))
}

export type LiveOrders = ReturnType<typeof useOrders>
