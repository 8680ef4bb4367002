import { useState, useTransition } from 'react'
import type { Refused } from '#channels/wire'
import type { Role } from '#components/catalog'
import { wscatCommand } from '#components/endpoint/endpoint-words.ts'
import { useOrigin } from '#components/endpoint/use-origin.ts'
import { Button } from '#components/ui/button'
import { CodeSample } from '#components/ui/code-sample'
import { Notice } from '#components/ui/notice'

/** Makes an API key for a device that holds for a day. Admins only. */
export type MakeKey = () => Promise<{ key: string } | Refused>

const endpoint = { path: '/ws/device', authenticate: 'api-key' } as const
const example = '{"device":"press-7","metrics":{"temperature":71.5}}'
const unanswered = { ok: false, code: 'unavailable', message: 'The server did not answer. Try again.' } as const

/** How to be a device. A key is shown once: the server keeps none. */
export function DeviceKey({ role, makeKey }: { role: Role; makeKey: MakeKey }) {
  const [made, setMade] = useState<Awaited<ReturnType<MakeKey>>>()
  const [busy, startMaking] = useTransition()
  const key = made && 'key' in made ? made.key : undefined
  const command = wscatCommand(endpoint, useOrigin())

  return (
    <div className="grid gap-3">
      <CodeSample title="Connect in a terminal" code={key ? command.replace('sbk_...', key) : command} />
      <CodeSample title="Then send, as often as you like" code={example} />
      {made && 'code' in made && (
        <Notice tone="danger" role="alert" title="No key was made">
          {made.message}
        </Notice>
      )}
      {key && (
        <Notice tone="ok" role="status" title="The key stands in the command above">
          It is shown this once, and holds for one day.
        </Notice>
      )}
      {role === 'admin' ? (
        <div>
          <Button busy={busy} onClick={() => startMaking(async () => setMade(await makeKey().catch(() => unanswered)))}>
            {key ? 'Make another key' : 'Make a key for a device'}
          </Button>
        </div>
      ) : (
        <p className="text-sm text-ink-3">An admin makes the key.</p>
      )}
    </div>
  )
}
