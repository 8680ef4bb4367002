import { type ReactNode, type SubmitEvent, useId, useRef, useState, useTransition } from 'react'
import { toast } from 'sonner'
import type { JobVisibility } from '#channels/job'
import type { JobWish, NewJob } from '#channels/jobs'
import { visibilities } from '#components/job/job-words.ts'
import { CallRefused } from '#components/realtime/call'
import { failureOf, isUnanswered } from '#components/realtime/failure'
import { newId } from '#components/realtime/new-id'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'

interface StartFormProps {
  title: string
  /** What it does, and what becomes of it. */
  about: string
  verb: string
  wish: (visibility: JobVisibility) => JobWish
  start: (job: NewJob) => Promise<void>
  /** What else it asks. */
  children?: ReactNode
}

/** One kind of job, to be started with a press; pressed again after an answer that was lost, it is started once. */
export function StartForm({ title, about, verb, wish, start, children }: StartFormProps) {
  const own = useId()
  const [visibility, setVisibility] = useState<JobVisibility>('own')
  const [failed, setFailed] = useState<unknown>()
  const [busy, startSending] = useTransition()

  const asked = useRef<{ key: string; id: string }>(undefined)

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const wanted = wish(visibility)
    const key = JSON.stringify(wanted)
    const id = asked.current?.key === key ? asked.current.id : newId()
    asked.current = { key, id }
    startSending(async () => {
      try {
        await start({ ...wanted, id })
        asked.current = undefined
        setFailed(undefined)
        toast.success('The job is started.', { description: 'Its row below says how far it is.' })
      } catch (error) {
        // The id may be taken; whatever else is said, it may be started.
        if (error instanceof CallRefused && error.refused.code === 'conflict') asked.current = undefined
        setFailed(error)
      }
    })
  }

  return (
    <form onSubmit={submit} noValidate aria-labelledby={own} className="grid gap-4">
      <div>
        <h3 id={own} className="font-medium">
          {title}
        </h3>
        <p className="max-w-[68ch] text-sm text-ink-3">{about}</p>
      </div>
      {children}
      <Segmented
        legend="Who sees the job"
        name={`${own}-visibility`}
        options={visibilities}
        value={visibility}
        onValueChange={setVisibility}
      />
      {failed !== undefined && (
        <Notice tone="danger" role="alert" title={isUnanswered(failed) ? 'No answer' : 'Not started'}>
          {failureOf(failed)} {isUnanswered(failed) && 'Press again: it is not started twice.'}
        </Notice>
      )}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {verb}
        </Button>
      </div>
    </form>
  )
}
