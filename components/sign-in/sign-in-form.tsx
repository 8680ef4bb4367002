'use client'

import { type SubmitEvent, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { DemoPeople, type DemoPerson } from './demo-people'
import { FailureNotice } from './failure-notice'
import { PasswordInput } from './password-input'
import type { SignIn } from './use-sign-in'

export interface SignInFormProps {
  demoPeople: DemoPerson[] | null
  demoPassword?: string
  signIn: SignIn
}

export function SignInForm({ demoPeople, demoPassword, signIn }: SignInFormProps) {
  const { pending, failure, attempt, forget } = signIn
  const [picked, setPicked] = useState<string>()
  const passwordInput = useRef<HTMLInputElement>(null)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    setPicked(undefined)
    // From the fields themselves: what was typed, or filled in by the browser, before this code ran counts too.
    const fields = new FormData(event.currentTarget)
    const credentials = { username: String(fields.get('username')), password: String(fields.get('password')) }
    if (await attempt(credentials)) {
      passwordInput.current?.focus()
      passwordInput.current?.select()
    }
  }

  return (
    <div className="grid gap-6">
      {/* post, so that a form sent before this code runs does not put the password in the address. */}
      <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-4">
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              onChange={forget}
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <PasswordInput {...control} ref={passwordInput} name="password" autoComplete="current-password" required />
          )}
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          busy={pending !== undefined && !picked}
          disabled={failure?.code === 'rate-limited'}
        >
          Sign in
        </Button>
        {/* Its place is kept, so that nothing below moves when it comes. */}
        <div role="alert" className="min-h-11">
          {failure && <FailureNotice failure={failure} onOver={forget} />}
        </div>
      </form>
      {demoPeople && demoPassword && (
        <DemoPeople
          people={demoPeople}
          password={demoPassword}
          pending={pending && picked}
          disabled={pending !== undefined}
          onPick={(name) => {
            setPicked(name)
            void attempt({ username: name, password: demoPassword })
          }}
        />
      )}
    </div>
  )
}
