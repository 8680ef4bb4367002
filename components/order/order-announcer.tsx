import { useEffect, useRef, useState } from 'react'
import { changeWords } from './change-words'
import type { LiveOrder } from './use-order'

/** Says to a screen reader what others change, and that one's own change was saved. */
export function OrderAnnouncer({ live }: { live: LiveOrder }) {
  const { history, order, me } = live
  const [said, setSaid] = useState('')
  const last = useRef(order.version)
  useEffect(() => {
    const news = history.filter(({ version }) => version > last.current)
    last.current = order.version
    if (news.length === 0) return
    const sentences = news.toReversed().map((change) => {
      const { what, to } = changeWords(change, order)
      const who = change.by?.id === me.id ? 'You' : (change.by?.name ?? 'The workshop')
      return `${who} ${what}${to === undefined ? '' : ` to ${to}`}.`
    })
    setSaid(sentences.join(' '))
  }, [history, order, me.id])
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}
