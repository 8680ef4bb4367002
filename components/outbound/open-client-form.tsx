import { type SubmitEvent, useRef, useState, useTransition } from 'react'
import { newClient } from '#channels/outbound'
import { useOrigin } from '#components/endpoint/use-origin.ts'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'

/** `open` resolves with why it was refused, if it was. */
export function OpenClientForm({ open }: { open: (uri: string) => Promise<string | undefined> }) {
  const [uri, setUri] = useState('')
  const [error, setError] = useState<string>()
  const [busy, startOpening] = useTransition()
  const box = useRef<HTMLInputElement>(null)
  const own = `${useOrigin().replace('http', 'ws')}/ws/time`

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const parsed = newClient.safeParse({ uri })
    if (!parsed.success) {
      box.current?.focus()
      return setError(parsed.error.issues.map(({ message }) => message).join(' '))
    }
    startOpening(async () => {
      const refused = await open(parsed.data.uri)
      setError(refused)
      if (refused) box.current?.focus()
      else setUri('')
    })
  }

  return (
    <form onSubmit={submit} noValidate>
      <Field
        label="Address"
        error={error}
        hint={
          <>
            It must be public, or listed in OUTBOUND_ALLOW. This server’s own may be reached too:{' '}
            <button
              type="button"
              className="target font-mono text-accent underline [overflow-wrap:anywhere]"
              onClick={() => setUri(own)}
            >
              {own}
            </button>
          </>
        }
      >
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <Input
              {...control}
              ref={box}
              name="uri"
              type="url"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              value={uri}
              placeholder="wss://exchange.example/quotes"
              className="min-w-0 flex-1 basis-60 font-mono"
              onChange={(event) => {
                setUri(event.target.value)
                setError(undefined)
              }}
            />
            <Button type="submit" variant="primary" busy={busy}>
              Open
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
