import { CircleAlert } from 'lucide-react'
import { type SubmitEvent, useId, useRef, useState, useTransition } from 'react'
import { apiScopes, type KeyRequest, keyDays, keyRequest } from '#channels/api-key'
import type { Issue, Refused } from '#channels/wire'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { Select } from '#components/ui/select'
import type { CreateKey } from './key-panel'

interface KeyFormProps {
  create: CreateKey
  onMade: (key: string, name: string) => void
}

const empty: KeyRequest = { name: '', scopes: [], days: 90 }

/** What was typed stays until the key is made. */
export function KeyForm({ create, onMade }: KeyFormProps) {
  const [request, setRequest] = useState(empty)
  const [refusal, setRefusal] = useState<Pick<Refused, 'message' | 'issues'>>()
  const [busy, startMaking] = useTransition()
  const nameBox = useRef<HTMLInputElement>(null)
  const scopesError = useId()
  const issue = (field: string) => refusal?.issues?.find(({ path }: Issue) => path.split('.')[0] === field)?.message

  function change(fields: Partial<KeyRequest>) {
    setRequest({ ...request, ...fields })
    setRefusal(undefined)
  }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const parsed = keyRequest.safeParse(request)
    if (!parsed.success) {
      const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
      if (issues.some(({ path }) => path === 'name')) nameBox.current?.focus()
      return setRefusal({ message: '', issues })
    }
    startMaking(async () => {
      const answer = await create(parsed.data).catch(() => unanswered)
      if (!answer.ok) return setRefusal(answer)
      setRefusal(undefined)
      setRequest(empty)
      onMade(answer.key, answer.apiKey.name)
    })
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {refusal && !refusal.issues?.length && (
        <Notice tone="danger" role="alert" title="Not made">
          {refusal.message}
        </Notice>
      )}
      <div className="grid gap-4 wide:grid-cols-[minmax(0,1fr)_12rem]">
        <Field label="Name" hint="What it is for: a machine, a program." error={issue('name')}>
          {(control) => (
            <Input
              {...control}
              ref={nameBox}
              value={request.name}
              placeholder="Saws in hall 2"
              autoComplete="off"
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Expires" error={issue('days')}>
          {(control) => (
            <Select
              {...control}
              value={request.days ?? ''}
              onChange={(event) => change({ days: keyDays.find((days) => `${days}` === event.target.value) ?? null })}
            >
              {keyDays.map((days) => (
                <option key={days} value={days}>
                  in {days === 365 ? 'a year' : `${days} days`}
                </option>
              ))}
              <option value="">when it is revoked</option>
            </Select>
          )}
        </Field>
      </div>
      <fieldset aria-describedby={issue('scopes') && scopesError} className="grid gap-1">
        <legend className="mb-1 text-sm font-medium">May be used for</legend>
        {apiScopes.map(({ scope, about }) => (
          <label key={scope} className="target flex items-center gap-3">
            <input
              type="checkbox"
              checked={request.scopes.includes(scope)}
              onChange={({ target }) =>
                change({
                  scopes: [...request.scopes.filter((one) => one !== scope), ...(target.checked ? [scope] : [])],
                })
              }
              className="size-4 shrink-0 accent-accent"
            />
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-mono text-sm">{scope}</span>
              <span className="text-sm text-ink-3">{about}</span>
            </span>
          </label>
        ))}
        {issue('scopes') && (
          <p id={scopesError} role="alert" className="flex gap-1.5 text-xs text-danger">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            {issue('scopes')}
          </p>
        )}
      </fieldset>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Make key
        </Button>
      </div>
    </form>
  )
}

const unanswered: Refused = { ok: false, code: 'unavailable', message: 'The server did not answer. Try again.' }
