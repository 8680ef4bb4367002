'use client'

import { toast } from 'sonner'
import { notice } from '#channels/monitor'
import { useTold } from '#components/realtime/use-told'

/** Shows what an admin writes to this person or this tab, until it is closed. */
export function NoticeToasts() {
  useTold((message) => {
    const { success, data } = notice.safeParse(message)
    if (!success) return
    const { from, text } = data.notice
    toast.info(`Message from ${from}`, {
      description: <span className="break-words whitespace-pre-wrap">{text}</span>,
      duration: Number.POSITIVE_INFINITY,
      // At the top, where it lies over nothing that is pressed all the time.
      position: 'top-center',
      action: { label: 'Close', onClick: () => {} },
    })
  })
  return null
}
