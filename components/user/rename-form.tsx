import { type SubmitEvent, useState } from 'react'
import type { ListedUser } from '#channels/user'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useAction } from './use-action'
import type { UserActions } from './user-panel'

export function RenameForm({ user: { id, name }, rename }: { user: ListedUser; rename: UserActions['rename'] }) {
  const { run, busy, refusal } = useAction()
  const [wanted, setWanted] = useState(name)

  function submit(event: SubmitEvent) {
    event.preventDefault()
    run(() => rename(id, wanted), 'The name is changed.')
  }

  return (
    <form onSubmit={submit}>
      <Field label="Name" error={refusal?.message} hint="Used to sign in, and shown to others.">
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
            />
            <Button type="submit" busy={busy} disabled={wanted.trim().toLowerCase() === name}>
              Rename
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
