import { useState } from 'react'
import { type Message, messageBody } from '#channels/chat'
import { failureOf } from '#components/realtime/failure'
import { useDraft } from './use-draft'

export interface WritingOptions {
  userId: string
  room: string
  onSend: (body: string, replyTo: number | null) => void
  /** Rejects with why it was not done. */
  onEdit: (id: string, body: string) => Promise<unknown>
}

/** What is in the box: something new, an answer, or a message that is being changed, which leaves the draft as it was. */
export function useWriting({ userId, room, onSend, onEdit }: WritingOptions) {
  const [draft, setDraft] = useDraft(userId, room)
  const [replyTo, setReplyTo] = useState<Message>()
  const [editing, setEditing] = useState<{ message: Message; text: string }>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const text = editing?.text ?? draft

  function change(next: string) {
    setError(undefined)
    if (editing) setEditing({ ...editing, text: next })
    else setDraft(next)
  }

  function cancel() {
    setError(undefined)
    if (editing) setEditing(undefined)
    else setReplyTo(undefined)
  }

  async function saveEdit(id: string, body: string) {
    setBusy(true)
    try {
      await onEdit(id, body)
      setEditing(undefined)
    } catch (failure) {
      setError(failureOf(failure))
    }
    setBusy(false)
  }

  /** Whether it is on its way; else `error` says why not. */
  function submit(): boolean {
    if (busy) return false
    const parsed = messageBody.safeParse(text)
    if (!parsed.success) {
      setError(parsed.error.issues.map(({ message }) => message).join(' '))
      return false
    }
    setError(undefined)
    if (editing) {
      if (parsed.data === editing.message.body) setEditing(undefined)
      else void saveEdit(editing.message.id, parsed.data)
    } else {
      setDraft('')
      setReplyTo(undefined)
      onSend(parsed.data, replyTo?.number ?? null)
    }
    return true
  }

  return {
    text,
    change,
    error,
    busy,
    replyTo,
    editing: editing?.message,
    reply: (message: Message) => {
      setEditing(undefined)
      setReplyTo(message)
    },
    edit: (message: Message) => {
      setError(undefined)
      setEditing({ message, text: message.body })
    },
    cancel,
    submit,
  }
}

export type Writing = ReturnType<typeof useWriting>
