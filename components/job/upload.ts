import { getCsrfToken } from 'next-auth/react'
import { z } from 'zod'
import type { JobVisibility } from '#channels/job'
import type { ImportMode } from '#channels/order-import'
import { refused } from '#channels/wire'

export interface UploadChoice {
  /** Of the job. Sent again with the same one after an answer that was lost, the file is not imported twice. */
  id: string
  mode: ImportMode
  visibility: JobVisibility
}

/**
 * `job` is there when it was accepted, and with `conflict` when it is the one that imported the same file before. `lost`
 * says that nobody knows whether it was taken in the last moment.
 */
export type UploadAnswer =
  | { ok: true; job: string }
  | { ok: false; message: string; lost?: true; job?: string; title?: string }

const accepted = z.object({ id: z.uuid() })
const answered = refused.omit({ ok: true })
const before = z.object({ id: z.uuid(), title: z.string() })
const cut: UploadAnswer = {
  ok: false,
  message: 'The line was cut. Send the file again: it is not imported twice.',
  lost: true,
}

/**
 * Sends a file of orders to /jobs/upload. By XMLHttpRequest, the only way for a browser to tell how much of it has
 * gone. Rejects with the reason of `signal` when that is aborted; never otherwise.
 */
export async function sendFile(
  file: File,
  choice: UploadChoice,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  const csrfToken = await getCsrfToken().catch(() => undefined)
  signal.throwIfAborted()
  if (!csrfToken) return cut
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/jobs/upload?${new URLSearchParams({ name: file.name, ...choice })}`)
    request.setRequestHeader('content-type', 'text/csv')
    request.setRequestHeader('x-csrf-token', csrfToken)
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onload = () => resolve(answerOf(request))
    request.onerror = () => resolve(cut)
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function answerOf({ status, responseText }: XMLHttpRequest): UploadAnswer {
  const answer = parsed(responseText)
  const taken = accepted.safeParse(answer)
  if (status === 201 && taken.success) return { ok: true, job: taken.data.id }
  const refusal = answered.safeParse(answer)
  if (!refusal.success) return { ok: false, message: 'The server could not take the file. Send it again.', lost: true }
  const first = before.safeParse(refusal.data.theirs)
  const { message } = refusal.data
  return first.success ? { ok: false, message, job: first.data.id, title: first.data.title } : { ok: false, message }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
