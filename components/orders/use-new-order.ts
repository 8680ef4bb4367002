import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type Choices, type NewOrder, newOrder, type PlacedOrder, placedOrder } from '#channels/orders'
import type { Issue } from '#channels/wire'
import { CallRefused } from '#components/realtime/call'
import { failureOf, isUnanswered } from '#components/realtime/failure'
import { newId } from '#components/realtime/new-id'
import { dayToField } from '#components/ui/moment-field.ts'
import type { OrdersRoom } from './new-order-dialog'

export interface WishedLine {
  /** Of the row on screen. */
  key: string
  productId: string
  pieces: string
}

const daysToDeliver = 14

/** A form for one order, and why it was not placed. */
export function useNewOrder(room: OrdersRoom, { customers, products }: Choices) {
  const router = useRouter()
  // One id for as long as the form is open: placed again after a lost answer, it is the same order.
  const [id, setId] = useState(newId)
  const [wish, setWish] = useState(() => ({
    customerId: customers[0]?.id ?? '',
    siteId: customers[0]?.sites[0]?.id ?? '',
    priority: 'normal' as NewOrder['priority'],
    dueOn: dayToField(Date.now(), daysToDeliver),
    reference: '',
  }))
  const emptyLine = (): WishedLine => ({ key: newId(), productId: products[0]?.id ?? '', pieces: '1' })
  const [lines, setLines] = useState<WishedLine[]>(() => [emptyLine()])
  const [issues, setIssues] = useState<Issue[]>([])
  const [failure, setFailure] = useState<string>()
  /** What was placed under this id before: the answer was lost, and the form was changed since. */
  const [already, setAlready] = useState<PlacedOrder>()
  const [busy, setBusy] = useState(false)

  async function place(as = id) {
    const wanted = lines.map(({ productId, pieces }) => ({ productId, quantity: Number(pieces.trim() || Number.NaN) }))
    const parsed = newOrder.safeParse({ ...wish, id: as, contact: '', note: '', lines: wanted })
    setFailure(undefined)
    setAlready(undefined)
    setIssues(parsed.error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? [])
    if (!parsed.success) return
    setBusy(true)
    try {
      await room.call('place', parsed.data)
      router.push(`/orders/${as}`)
    } catch (error) {
      const refused = error instanceof CallRefused ? error.refused : undefined
      const placed = placedOrder.safeParse(refused?.theirs).data
      const found = refused?.issues ?? []
      const again = isUnanswered(error) ? ' Place it again: it will not be there twice.' : ''
      setIssues(found)
      setAlready(placed)
      if (found.length === 0 && !placed) setFailure(`${failureOf(error)}${again}`)
      setBusy(false)
    }
  }

  function placeAnother() {
    const next = newId()
    setId(next)
    void place(next)
  }

  return {
    wish,
    lines,
    failure,
    already,
    busy,
    place,
    placeAnother,
    customer: customers.find((one) => one.id === wish.customerId),
    total: lines.reduce((sum, { productId, pieces }) => {
      const price = products.find((one) => one.id === productId)?.priceCents ?? 0
      return sum + price * (Number(pieces) || 0)
    }, 0),
    issue: (path: string) => issues.find((one) => one.path === path)?.message,
    change: (change: Partial<typeof wish>) => {
      setIssues([])
      setWish({ ...wish, ...change })
    },
    changeLine: (key: string, change: Partial<WishedLine>) => {
      setIssues([])
      setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)))
    },
    addLine: () => setLines([...lines, emptyLine()]),
    removeLine: (key: string) => setLines(lines.filter((line) => line.key !== key)),
  }
}
