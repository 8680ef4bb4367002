'use client'

import { type SubmitEvent, useRef, useState, useTransition } from 'react'
import { toast } from 'sonner'
import type { Issue, Refused } from '#channels/wire'
import { PasswordInput } from '#components/sign-in/password-input'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'

interface PasswordPanelProps {
  /** For the browser's own list of passwords. */
  name: string
  change: (input: { current: string; next: string }) => Promise<Refused | undefined>
}

export function PasswordPanel({ name, change }: PasswordPanelProps) {
  const [refusal, setRefusal] = useState<Pick<Refused, 'message' | 'issues'>>()
  const [busy, startChange] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const issue = (field: string) => refusal?.issues?.find(({ path }: Issue) => path === field)?.message

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const input = { current: String(fields.get('current')), next: String(fields.get('next')) }
    startChange(async () => {
      const refused = await change(input).catch(() => unanswered)
      setRefusal(refused)
      if (refused) return
      form.current?.reset()
      toast.success('Your password is changed.', { description: 'Your other sessions have ended.' })
    })
  }

  return (
    <Panel title="Password" about="Changing it ends your other sessions at once, and keeps this one.">
      {/* post, so that a form sent before this code runs does not put the passwords in the address. */}
      <form ref={form} method="post" onSubmit={submit} className="grid max-w-sm gap-4">
        {refusal && !refusal.issues && (
          <Notice tone="danger" role="alert" title="Not changed">
            {refusal.message}
          </Notice>
        )}
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <Field label="Current password" error={issue('current')}>
          {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" required />}
        </Field>
        <Field label="New password" hint="At least 10 characters." error={issue('next')}>
          {(control) => <PasswordInput {...control} name="next" autoComplete="new-password" required />}
        </Field>
        <div>
          <Button type="submit" busy={busy}>
            Change password
          </Button>
        </div>
      </form>
    </Panel>
  )
}

const unanswered: Pick<Refused, 'message' | 'issues'> = { message: 'The server did not answer. Try again.' }
