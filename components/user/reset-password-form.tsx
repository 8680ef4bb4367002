import { type SubmitEvent, useRef, useState } from 'react'
import type { ListedUser } from '#channels/user'
import { PasswordInput } from '#components/sign-in/password-input'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { useAction } from './use-action'
import type { UserActions } from './user-panel'

interface ResetPasswordFormProps {
  user: ListedUser
  reset: UserActions['setPassword']
}

/** Typed first, asked once, done then. */
export function ResetPasswordForm({ user: { id, name }, reset }: ResetPasswordFormProps) {
  const { run, busy, refusal } = useAction()
  const [password, setPassword] = useState('')
  const [asking, setAsking] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    setPassword(String(new FormData(event.currentTarget).get('password')))
    setAsking(true)
  }

  function confirm() {
    setAsking(false)
    run(
      () => reset(id, password),
      `${name} has a new password.`,
      () => form.current?.reset(),
    )
  }

  return (
    <>
      <form ref={form} method="post" onSubmit={submit}>
        <Field label="New password" error={refusal?.message} hint="At least 10 characters. It ends all their sessions.">
          {(control) => (
            <div className="flex gap-2">
              <div className="min-w-0 flex-1">
                <PasswordInput {...control} name="password" autoComplete="new-password" required />
              </div>
              <Button type="submit" busy={busy}>
                Reset
              </Button>
            </div>
          )}
        </Field>
      </form>
      <Dialog
        role="alertdialog"
        open={asking}
        onOpenChange={setAsking}
        title={`Reset the password of ${name}?`}
        description="All their sessions end at once. They sign in again with the new password, which only you can tell them."
      >
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Cancel</Button>
          <Button variant="danger" onClick={confirm}>
            Reset password
          </Button>
        </div>
      </Dialog>
    </>
  )
}
