import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { newId } from '#components/realtime/new-id'
import { sendFile, type UploadChoice } from './upload'

export type UploadState =
  | { is: 'idle' }
  | { is: 'sending'; sent: number; total: number }
  /** All of it has gone; the server looks at it. */
  | { is: 'starting' }
  | { is: 'stopped' }
  | { is: 'refused'; message: string; job?: string; title?: string }

/** One upload at a time; when it is accepted, the page of its job opens. Leaving the form stops what is still being sent. */
export function useUpload() {
  const router = useRouter()
  const [state, setState] = useState<UploadState>({ is: 'idle' })
  const under = useRef<AbortController>(undefined)
  /** As long as nobody knows whether the job was started. */
  const asked = useRef<{ file: File; key: string; id: string }>(undefined)
  useEffect(() => () => under.current?.abort(), [])

  const busy = state.is === 'sending' || state.is === 'starting'
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [busy])

  async function send(file: File, choice: Omit<UploadChoice, 'id'>): Promise<void> {
    const key = JSON.stringify(choice)
    const last = asked.current
    const id = last?.file === file && last.key === key ? last.id : newId()
    asked.current = { file, key, id }
    const mine = new AbortController()
    under.current = mine
    setState({ is: 'sending', sent: 0, total: file.size })
    const onSent = (sent: number) => {
      setState(sent < file.size ? { is: 'sending', sent, total: file.size } : { is: 'starting' })
    }
    try {
      const answer = await sendFile(file, { ...choice, id }, onSent, mine.signal)
      if (answer.ok || !answer.lost) asked.current = undefined
      if (answer.ok) router.push(`/jobs/${answer.job}`)
      else setState({ ...answer, is: 'refused' })
    } catch {
      setState({ is: 'stopped' })
    }
  }

  return {
    state,
    busy,
    send,
    stop: () => under.current?.abort(),
    refuse: (message: string) => setState({ is: 'refused', message }),
    clear: () => setState({ is: 'idle' }),
  }
}
