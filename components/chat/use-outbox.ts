import { useCallback, useMemo, useState } from 'react'
import type { chat, Message } from '#channels/chat'
import { CallRefused } from '#components/realtime/call'
import { newId } from '#components/realtime/new-id'
import type { Room } from '#components/realtime/room'

/** One's own message that the server has not confirmed. */
export interface Unconfirmed {
  id: string
  body: string
  /** Why it was not sent; while it is on its way, nothing. */
  failure?: string
}

/**
 * Messages on their way. Whatever confirms one takes it out: the answer to the call, or the message
 * coming back as a push, which after a cut may be all there is. The id makes sending again safe.
 */
export function useOutbox(room: Room<typeof chat> | undefined, messages: Message[]) {
  const [entries, setEntries] = useState<Unconfirmed[]>([])

  const submit = useCallback(
    async ({ id, body }: Unconfirmed) => {
      const failure = await attempt(room, { id, body })
      setEntries((all) =>
        failure
          ? all.map((entry) => (entry.id === id ? { id, body, failure } : entry))
          : all.filter((entry) => entry.id !== id),
      )
    },
    [room],
  )

  const send = useCallback(
    (body: string) => {
      const entry = { id: newId(), body }
      setEntries((all) => [...all, entry])
      void submit(entry)
    },
    [submit],
  )

  const sendAgain = useCallback(
    (entry: Unconfirmed) => {
      setEntries((all) => all.map((one) => (one.id === entry.id ? { id: one.id, body: one.body } : one)))
      void submit(entry)
    },
    [submit],
  )

  const discard = useCallback((id: string) => setEntries((all) => all.filter((entry) => entry.id !== id)), [])

  const unconfirmed = useMemo(() => {
    const confirmed = new Set(messages.map(({ id }) => id))
    return entries.filter(({ id }) => !confirmed.has(id))
  }, [entries, messages])
  return { unconfirmed, send, sendAgain, discard }
}

/** Resolves with why it did not work, in words, or with nothing. */
async function attempt(
  room: Room<typeof chat> | undefined,
  message: { id: string; body: string },
): Promise<string | undefined> {
  if (!room) return 'The page is still loading.'
  try {
    await room.call('post', message)
  } catch (error) {
    return error instanceof CallRefused ? error.message : 'Something failed on this page.'
  }
}
