'use client'

import { type SubmitEvent, useRef } from 'react'
import { type Role, role } from '#channels/user'
import type { Refused } from '#channels/wire'
import { PasswordInput } from '#components/sign-in/password-input'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { Select } from '#components/ui/select'
import { useAction } from './use-action'

interface AddUserPanelProps {
  add: (input: { name: string; role: Role; password: string }) => Promise<Refused | undefined>
}

export function AddUserPanel({ add }: AddUserPanelProps) {
  const { run, busy, refusal } = useAction()
  const form = useRef<HTMLFormElement>(null)
  const issue = (field: string) => refusal?.issues?.find(({ path }) => path === field)?.message

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const input = {
      name: String(fields.get('name')),
      role: role.parse(fields.get('role')),
      password: String(fields.get('password')),
    }
    run(
      () => add(input),
      `${input.name} can sign in now.`,
      () => form.current?.reset(),
    )
  }

  return (
    <Panel title="New person" about="They can sign in at once, and change the password themselves.">
      <form ref={form} method="post" onSubmit={submit} autoComplete="off" className="grid gap-4">
        {refusal && !refusal.issues && (
          <Notice tone="danger" role="alert" title="Not added">
            {refusal.message}
          </Notice>
        )}
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem_minmax(0,1fr)]">
          <Field label="Name" error={issue('name')}>
            {(control) => (
              <Input {...control} name="name" autoComplete="off" autoCapitalize="none" spellCheck={false} required />
            )}
          </Field>
          <Field label="Role">
            {(control) => (
              <Select {...control} name="role" defaultValue="member">
                <option value="member">member</option>
                <option value="admin">admin</option>
              </Select>
            )}
          </Field>
          <Field label="First password" hint="At least 10 characters." error={issue('password')}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" required />}
          </Field>
        </div>
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            Add person
          </Button>
        </div>
      </form>
    </Panel>
  )
}
